import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";
import { dependenciesOf } from "../../facts/pulumi/dependencies";
import { nodeGroupsOf } from "../../facts/aws/node-groups";

/** The VPC of a cluster answers names, the cluster's own among them. */
export const vpcDns: Rule = {
  id: "AWS-VPC-DNS",
  severity: "mandatory",
  title: "a cluster's VPC has DNS support and DNS host names",
  why: "Without both the name of the cluster's private endpoint resolves to nothing inside the VPC, and no node ever joins.",
  fix: "Turn both on.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",

  judge: (inventory, check) => {
    const used = inventory.once(vpcsOfClusters);
    check.each(inventory.ofType("aws:ec2/vpc:Vpc"), (vpc) => {
      if (!used.has(vpc)) return;
      const [support, names] = [vpc.get("enableDnsSupport"), vpc.get("enableDnsHostnames")];
      if (support.boolean() === false)
        check.violation(support, {
          message: "has no DNS, so nodes don't find the cluster's private endpoint and never join.",
          fix: "Set enableDnsSupport to true.",
        });
      // AWS leaves host names off in a new VPC.
      if (names.boolean() !== true)
        check.violation(names, {
          message: "has no DNS host names, so nodes don't find the cluster's private endpoint and never join.",
          fix: "Set enableDnsHostnames to true.",
        });
    });
  },
};

function vpcsOfClusters(inventory: Inventory): ReadonlySet<Resource> {
  const users = [...clustersOf(inventory), ...inventory.ofType("eks:index:Cluster"), ...nodeGroupsOf(inventory)];
  const subnets = users.flatMap((user) => dependenciesOf(inventory, user, "aws:ec2/subnet:Subnet"));
  return new Set([...users, ...subnets].flatMap((one) => dependenciesOf(inventory, one, "aws:ec2/vpc:Vpc")));
}
