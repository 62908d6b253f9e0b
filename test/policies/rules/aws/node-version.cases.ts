import { nodeVersion } from "../../../../policies/rules/aws/node-version";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const group = (stack: StackDraft): Loose => stack.resource("aws:eks/nodeGroup:NodeGroup");

export default cases(nodeVersion, {
  breaks: {
    "nodes ahead of the control plane, in a plan": {
      change: (stack) => (group(stack).version = "1.36"),
      finds: [
        "eks NodeGroup eks-istio-dev-default: its nodes run Kubernetes 1.36, ahead of the control plane's 1.35: EKS refuses them. Upgrade the control plane first.",
      ],
    },
    "nodes too far behind, in the engine": {
      change: (stack) => {
        stack.openCluster();
        group(stack).version = "1.31";
      },
      finds: [
        "eks NodeGroup eks-istio-dev-default: its nodes run Kubernetes 1.31, 4 minor versions behind the control plane's 1.35: three are as far as Kubernetes promises to work. Upgrade the nodes to 1.35.",
      ],
    },
  },
  keeps: {
    "nodes three versions behind": (stack) => (group(stack).version = "1.32"),
    "nodes without a version": (stack) => delete group(stack).version,
    "a cluster that is made elsewhere": (stack) => {
      stack.remove("eks:index:Cluster");
      group(stack).version = "1.20";
    },
  },
});
