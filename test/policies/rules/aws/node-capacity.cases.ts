import { nodeCapacity } from "../../../../policies/rules/aws/node-capacity";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const type = "aws:eks/nodeGroup:NodeGroup";
const group = (stack: StackDraft, name = "eks-istio-dev-default"): Loose => stack.resource(type, name);

export default cases(nodeCapacity, {
  breaks: {
    "a floor of one node, in a plan": {
      change: (stack) => (group(stack).scalingConfig.minSize = 1),
      finds: [
        "eks Cluster eks-istio-dev: may shrink to one node: while that one is replaced, nothing runs. Set the node groups' minSize so that it sums up to two or more.",
      ],
    },
    "a floor of one node, in the engine": {
      change: (stack) => {
        stack.openCluster();
        group(stack).scalingConfig.minSize = 1;
      },
      finds: [
        "eks Cluster eks-istio-dev-eksCluster: may shrink to one node: while that one is replaced, nothing runs. Set the node groups' minSize so that it sums up to two or more.",
      ],
    },
    "spot capacity of one type": {
      sample: "prod",
      change: (stack) => (group(stack, "shop-prod-spot").instanceTypes = ["m6i.xlarge"]),
      finds: [
        "eks NodeGroup shop-prod-spot: is spot capacity of one type (m6i.xlarge): when EC2 wants it back, it takes all these nodes at once and has none to replace them. Name several instance types of about the same size.",
      ],
    },
    "spot capacity only, in production": {
      sample: "prod",
      change: (stack) => stack.remove(type, "shop-prod-base"),
      finds: [
        "eks Cluster shop-prod: has spot capacity only: istiod and the gateway may lose all their nodes within two minutes. Add a node group with capacityType ON_DEMAND.",
      ],
    },
  },
  keeps: {
    "one node in each of two groups": (stack) => {
      group(stack).scalingConfig.minSize = 1;
      stack.addResource(type, "more", { scalingConfig: { minSize: 1 } });
    },
    "spot capacity only, where nobody is served": (stack) =>
      Object.assign(group(stack), { capacityType: "SPOT", instanceTypes: ["m6i.large", "m5.large"] }),
    "one type on demand": (stack) => (group(stack).instanceTypes = ["m7g.large"]),
    "no nodes here": (stack) => stack.remove(type),
  },
});
