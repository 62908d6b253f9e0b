import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";
import { nodeGroupsOf } from "../../facts/aws/node-groups";

/** Nodes understand their control plane. */
export const nodeVersion: Rule = {
  id: "AWS-NODE-VERSION",
  severity: "mandatory",
  title: "nodes are at most three minor versions behind the control plane, and never ahead",
  why: "Outside of that range Kubernetes promises nothing: EKS refuses nodes that are newer, and older ones lose touch with the API.",
  fix: "Give node groups the cluster's version, and upgrade the control plane first.",
  codes: [],
  docs: "https://kubernetes.io/releases/version-skew-policy/",

  judge: (inventory, check) => {
    const [cluster, ...others] = clustersOf(inventory);
    if (!cluster || others.length > 0) return;
    check.each(nodeGroupsOf(inventory), (group) => {
      const version = group.get("version");
      const [nodes, plane] = [minorOf(version.text()), minorOf(cluster.get("version").text())];
      if (nodes === undefined || plane === undefined || (nodes <= plane && plane - nodes <= 3)) return;
      check.violation(version, {
        message:
          nodes > plane
            ? `its nodes run Kubernetes 1.${nodes}, ahead of the control plane's 1.${plane}: EKS refuses them.`
            : `its nodes run Kubernetes 1.${nodes}, ${plane - nodes} minor versions behind the control plane's 1.${plane}: three are as far as Kubernetes promises to work.`,
        fix: nodes > plane ? "Upgrade the control plane first." : `Upgrade the nodes to 1.${plane}.`,
      });
    });
  },
};

function minorOf(version: string | undefined): number | undefined {
  const minor = /^1\.(\d+)$/.exec(version ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}
