import { nlbScheme } from "../../../../policies/rules/edge/nlb-scheme";
import { cases } from "../../cases";
import { annotate } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const fix = 'Set aws-load-balancer-scheme to "internet-facing" or "internal" (gateways.default.scheme).';

export default cases(nlbScheme, {
  breaks: {
    "no scheme": {
      change: (stack) => annotate(stack, { scheme: undefined }),
      finds: [
        `${here} doesn't say whether it is public, and the controller's default is internal: nobody outside the VPC reaches it. ${fix}`,
      ],
      severity: "mandatory",
    },
    "no scheme, where the controller's webhook takes the Service": {
      change: (stack) => {
        annotate(stack, { scheme: undefined, type: undefined });
        delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook;
      },
      finds: [
        `${here} doesn't say whether it is public, and the controller's default is internal: nobody outside the VPC reaches it. ${fix}`,
      ],
    },
    "the older annotation": {
      change: (stack) => annotate(stack, { scheme: undefined, internal: "false" }),
      finds: [
        `${here} says whether it is public with aws-load-balancer-internal, which the controller gave up: a later version may ignore it. ${fix}`,
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "an internal load balancer": (stack) => annotate(stack, { scheme: "internal" }),
    "another controller's": (stack) => annotate(stack, { scheme: undefined, type: "nlb" }),
  },
});
