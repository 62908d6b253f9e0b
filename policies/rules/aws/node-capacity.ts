import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";
import { nodeGroupsOf } from "../../facts/aws/node-groups";

/** The loss of a node, or of a kind of spot capacity, isn't an outage. */
export const nodeCapacity: Rule = {
  id: "AWS-NODE-CAPACITY",
  severity: "advisory",
  title: "there are two nodes or more, and spot capacity of more than one kind",
  why: "EC2 takes single nodes away now and then, and a kind of spot instance all at once.",
  fix: "Keep two nodes at least, name several instance types for spot, and keep some nodes on demand.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",

  judge: (inventory, check) => {
    const groups = nodeGroupsOf(inventory);
    check.each(groups, (group) => {
      const types = group.get("instanceTypes");
      if (group.get("capacityType").text() !== "SPOT" || types.list().length !== 1) return;
      check.violation(types, {
        message: `is spot capacity of one type (${types.get(0).text() ?? ""}): when EC2 wants it back, it takes all these nodes at once and has none to replace them.`,
        fix: "Name several instance types of about the same size.",
      });
    });
    if (groups.length === 0 || clustersOf(inventory).length !== 1) return;
    check.each(clustersOf(inventory), (cluster) => {
      const least = groups.reduce((sum, group) => sum + (group.get("scalingConfig", "minSize").number() ?? 0), 0);
      if (least === 1)
        check.violation(cluster, {
          message: "may shrink to one node: while that one is replaced, nothing runs.",
          fix: "Set the node groups' minSize so that it sums up to two or more.",
        });
      if (!groups.every((group) => group.get("capacityType").text() === "SPOT")) return;
      check.violation(cluster, {
        message: "has spot capacity only: istiod and the gateway may lose all their nodes within two minutes.",
        fix: "Add a node group with capacityType ON_DEMAND.",
        severity: { production: "advisory", otherwise: "off" },
      });
    });
  },
};
