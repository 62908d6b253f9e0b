import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { nodeGroupsOf, subnetsOf } from "../../facts/aws/node-groups";

/** Nodes have no address that the internet reaches. */
export const nodePublic: Rule = {
  id: "AWS-NODE-PUBLIC",
  severity: "mandatory",
  title: "nodes have no public address",
  why: "A node with a public address is one open port away from the internet, whatever stands in front of the load balancer.",
  fix: "Put nodes into private subnets, and give them no public addresses.",
  codes: ["CKV_AWS_88", "CIS EKS 5.4.3"],
  docs: "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",

  judge: (inventory, check) => {
    const groups = inventory.once(groupBySubnet);
    check.each(inventory.ofType("aws:ec2/subnet:Subnet"), (subnet) => {
      const group = groups.get(subnet);
      const gives = subnet.get("mapPublicIpOnLaunch");
      if (!group || gives.boolean() !== true) return;
      check.violation(gives, {
        message: `gives public addresses to the nodes of ${group.name}: each is one open port away from the internet.`,
        fix: "Set mapPublicIpOnLaunch to false, or name private subnets for the node group.",
      });
    });
    check.each(inventory.ofType("aws:ec2/launchTemplate:LaunchTemplate"), (template) =>
      check.each(template.get("networkInterfaces").list(), (card) => {
        const gives = card.get("associatePublicIpAddress");
        if (gives.text() !== "true" && gives.boolean() !== true) return;
        check.violation(gives, {
          message: "gives public addresses to its instances: each is one open port away from the internet.",
          fix: 'Set associatePublicIpAddress to "false", or leave it out and use private subnets.',
        });
      }),
    );
    check.each(inventory.ofType("eks:index:Cluster"), (cluster) => {
      const gives = cluster.get("nodeAssociatePublicIpAddress");
      if (gives.boolean() !== true) return;
      check.violation(gives, {
        message: "gives public addresses to its nodes: each is one open port away from the internet.",
        fix: "Set nodeAssociatePublicIpAddress to false.",
      });
    });
  },
};

/** The first node group of each subnet. */
function groupBySubnet(inventory: Inventory): ReadonlyMap<Resource, Resource> {
  const pairs = nodeGroupsOf(inventory).flatMap((group) =>
    subnetsOf(inventory, group).map((subnet): [Resource, Resource] => [subnet, group]),
  );
  return new Map(pairs.reverse());
}
