import { logRetention } from "../../../../policies/rules/aws/log-retention";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const type = "aws:cloudwatch/logGroup:LogGroup";
const group = (stack: StackDraft): Loose => stack.resource(type, "eks-istio-dev-logs");

const forEver = "keeps its logs for ever: the bill grows every month. Set retentionInDays.";
const byEks = (name: string) =>
  `no log group /aws/eks/${name}/cluster is made before the cluster, so EKS makes it and keeps its logs for ever. Make an aws.cloudwatch.LogGroup of that name with retentionInDays, and let the cluster wait for it.`;

export default cases(logRetention, {
  breaks: {
    "no end": {
      change: (stack) => delete group(stack).retentionInDays,
      finds: [`cloudwatch LogGroup eks-istio-dev-logs: ${forEver}`],
    },
    "zero days, which is no end": {
      change: (stack) => (group(stack).retentionInDays = 0),
      finds: [`cloudwatch LogGroup eks-istio-dev-logs: ${forEver}`],
    },
    "no log group for the control plane, in a plan": {
      change: (stack) => stack.remove(type, "eks-istio-dev-logs"),
      finds: [`eks Cluster eks-istio-dev: ${byEks("eks-istio-dev")}`],
    },
    "another cluster's log group, in the engine": {
      change: (stack) => (stack.openCluster().name = "shop"),
      finds: [`eks Cluster eks-istio-dev-eksCluster: ${byEks("shop")}`],
    },
  },
  keeps: {
    "a control plane that logs nothing": (stack) => {
      stack.remove(type, "eks-istio-dev-logs");
      stack.resource("eks:index:Cluster").enabledClusterLogTypes = [];
    },
    "a log group that only passes logs on": (stack) =>
      stack.addResource(type, "delivery", { logGroupClass: "DELIVERY" }),
    "a cluster whose name Pulumi makes up": (stack) => delete stack.resource("eks:index:Cluster").name,
  },
});
