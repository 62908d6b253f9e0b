import { controllerMetadata } from "../../../../policies/rules/kubernetes/controller-metadata";
import { cases } from "../../cases";

export default cases(controllerMetadata, {
  breaks: {
    "neither region nor VPC": {
      change: (stack) => {
        delete stack.values("aws-load-balancer-controller").region;
        delete stack.values("aws-load-balancer-controller").vpcId;
      },
      finds: [
        "Release kube-system/aws-load-balancer-controller: has no region and no vpcId, and the nodes' metadata service answers no pods (hop limit 1): the controller never starts. Set values.region and values.vpcId.",
      ],
      severity: "mandatory",
    },
    "no VPC": {
      change: (stack) => delete stack.values("aws-load-balancer-controller").vpcId,
      finds: [
        "Release kube-system/aws-load-balancer-controller: has no vpcId, and the nodes' metadata service answers no pods (hop limit 1): the controller never starts. Set values.vpcId.",
      ],
    },
  },
  keeps: {
    "nodes that answer pods": (stack) => {
      delete stack.values("aws-load-balancer-controller").vpcId;
      stack.resource("aws:ec2/launchTemplate:LaunchTemplate").metadataOptions.httpPutResponseHopLimit = 2;
    },
    "a controller on its node's network": (stack) => {
      delete stack.values("aws-load-balancer-controller").vpcId;
      stack.values("aws-load-balancer-controller").hostNetwork = true;
    },
    "a cluster that others made": (stack) => {
      delete stack.values("aws-load-balancer-controller").vpcId;
      stack.remove("aws:ec2/launchTemplate:LaunchTemplate");
    },
  },
});
