import { flowLogs } from "../../../../policies/rules/aws/flow-logs";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

const type = "aws:ec2/flowLog:FlowLog";

/** Adds flow logs for a subnet that is made here. */
function addFor(stack: StackDraft, other: string): void {
  stack.addResource(type, "own", {});
  const urn =
    stack.resources.find(({ type: own, name }) => own === "aws:ec2/subnet:Subnet" && name === other)?.urn ?? "";
  stack.resources = stack.resources.map((one) => (one.name === "own" ? { ...one, dependencies: [urn] } : one));
}

export default cases(flowLogs, {
  breaks: {
    "no flow logs": {
      change: (stack) => stack.remove(type),
      finds: [
        "ec2 Vpc eks-istio-dev-network-vpc: no flow logs record the connections in 10.0.0.0/16: nobody can tell which one was refused, or where an intruder went. Turn them on (network.flowLogs.enabled).",
      ],
    },
    "flow logs of another VPC": {
      change: (stack) => {
        stack.remove(type);
        stack.addResource(type, "other", { vpcId: "vpc-1" });
      },
      finds: [
        "ec2 Vpc eks-istio-dev-network-vpc: no flow logs record the connections in 10.0.0.0/16: nobody can tell which one was refused, or where an intruder went. Turn them on (network.flowLogs.enabled).",
      ],
    },
  },
  keeps: {
    "flow logs of a subnet": (stack) => {
      stack.remove(type);
      addFor(stack, "eks-istio-dev-network-private-ap-northeast-2a");
    },
    "a VPC of others": (stack) => {
      stack.remove(type);
      stack.remove("aws:ec2/vpc:Vpc");
    },
  },
});
