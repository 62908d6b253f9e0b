import { nlbTargetType } from "../../../../policies/rules/edge/nlb-target-type";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { annotate, service } from "./objects";

const here = "Service istio-ingress/istio-ingress:";

function withClass(stack: StackDraft): void {
  annotate(stack, { type: undefined, "nlb-target-type": undefined });
  Object.assign(service(stack).spec, { loadBalancerClass: "service.k8s.aws/nlb", allocateLoadBalancerNodePorts: true });
}

export default cases(nlbTargetType, {
  breaks: {
    "node ports": {
      change: (stack) => {
        annotate(stack, { "nlb-target-type": "instance" });
        delete service(stack).spec.allocateLoadBalancerNodePorts;
      },
      finds: [
        `${here} the target type is instance: every connection takes a second hop over some node's port, most often into another zone. Set nlb-target-type to "ip".`,
      ],
      severity: "advisory",
    },
    "node ports that nobody allocates": {
      change: (stack) => annotate(stack, { "nlb-target-type": "instance" }),
      finds: [
        `${here} the target type is instance, but allocateLoadBalancerNodePorts is false: without node ports the controller can't make the load balancer. Set nlb-target-type to "ip".`,
      ],
      severity: "mandatory",
    },
    "a class's default": {
      change: (stack) => {
        withClass(stack);
        delete stack.values("aws-load-balancer-controller").defaultTargetType;
      },
      finds: [
        `${here} the target type is instance: every connection takes a second hop over some node's port, most often into another zone. Set nlb-target-type to "ip".`,
      ],
    },
  },
  keeps: {
    "a class, where the controller's default is another": withClass,
    "the older type": (stack) => annotate(stack, { type: "nlb-ip", "nlb-target-type": undefined }),
    "Auto Mode's class": (stack) => {
      annotate(stack, { type: undefined, "nlb-target-type": undefined });
      service(stack).spec.loadBalancerClass = "eks.amazonaws.com/nlb";
    },
  },
});
