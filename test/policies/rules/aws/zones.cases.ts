import { zones } from "../../../../policies/rules/aws/zones";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

const type = "aws:ec2/subnet:Subnet";
const fix = "when this zone fails, everything does. Use subnets in two zones or more (network.zones).";

/** Moves private subnets into the first zone. */
function move(stack: StackDraft, ...letters: readonly string[]): void {
  for (const letter of letters)
    stack.resource(type, `eks-istio-dev-network-private-ap-northeast-2${letter}`).availabilityZone = "ap-northeast-2a";
}

export default cases(zones, {
  breaks: {
    "nodes in one zone, in a plan": {
      change: (stack) => move(stack, "b", "c"),
      finds: [`eks Cluster eks-istio-dev: all its nodes stand in ap-northeast-2a: ${fix}`],
    },
    "nodes in one zone, in the engine": {
      change: (stack) => {
        stack.openCluster();
        move(stack, "b", "c");
      },
      finds: [`eks Cluster eks-istio-dev-eksCluster: all its nodes stand in ap-northeast-2a: ${fix}`],
    },
    "a cluster in one zone, whose nodes are made elsewhere": {
      change: (stack) => {
        stack.remove("aws:eks/nodeGroup:NodeGroup");
        move(stack, "b", "c");
      },
      finds: [`eks Cluster eks-istio-dev: it stands in ap-northeast-2a: ${fix}`],
    },
  },
  keeps: {
    "nodes in two zones": (stack) => move(stack, "b"),
    "further nodes in subnets of others": (stack) => {
      move(stack, "b", "c");
      stack.addResource("aws:eks/nodeGroup:NodeGroup", "other", { subnetIds: ["subnet-1"] });
    },
    "subnets that leave the zone to AWS": (stack) => {
      for (const { type: own, properties } of stack.resources)
        if (own === type) delete (properties as { availabilityZone?: string }).availabilityZone;
    },
    "two clusters": (stack) => {
      move(stack, "b", "c");
      stack.addResource("aws:eks/cluster:Cluster", "other", {});
    },
  },
});
