import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";
import { dependenciesOf } from "../../facts/pulumi/dependencies";
import { nodeGroupsOf, subnetsOf, zoneOf } from "../../facts/aws/node-groups";

/** No zone is the only one. */
export const zones: Rule = {
  id: "AWS-ZONES",
  severity: "mandatory",
  title: "a cluster's nodes stand in two availability zones or more",
  why: "A zone fails now and then, and takes everything with it that stands nowhere else; EKS refuses a cluster in one zone anyway.",
  fix: "Give the node groups subnets in two zones or more.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",

  judge: (inventory, check) => {
    // Which of several clusters a group is for, only ids would tell.
    if (clustersOf(inventory).length > 1) return;
    check.each(clustersOf(inventory), (cluster) => {
      const groups = nodeGroupsOf(inventory).map((group) => subnetsOf(inventory, group));
      // What stands in subnets of others stands in zones that can't be seen.
      const places = groups.length > 0 ? groups : [clusterSubnets(cluster, inventory)];
      if (places.some((subnets) => subnets.length === 0)) return;
      const found = places.flat().map(zoneOf);
      const [zone, ...others] = new Set(found);
      if (zone === undefined || others.length > 0 || found.includes(undefined)) return;
      check.violation(cluster, {
        message: `${groups.length > 0 ? "all its nodes stand" : "it stands"} in ${zone}: when this zone fails, everything does.`,
        fix: "Use subnets in two zones or more (network.zones).",
      });
    });
  },
};

function clusterSubnets(cluster: Resource, inventory: Inventory): readonly Resource[] {
  return dependenciesOf(inventory, cluster, "aws:ec2/subnet:Subnet");
}
