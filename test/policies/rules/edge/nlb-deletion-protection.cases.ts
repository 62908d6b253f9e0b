import { nlbDeletionProtection } from "../../../../policies/rules/edge/nlb-deletion-protection";
import { cases } from "../../cases";
import { annotate, service } from "./objects";

const finds = [
  "Service istio-ingress/istio-ingress: isn't protected from deletion: one wrong command, and users wait until it is back under another name. Add deletion_protection.enabled=true to aws-load-balancer-attributes (gateways.default.deletionProtection).",
];

export default cases(nlbDeletionProtection, {
  breaks: {
    "protection that is off": {
      change: (stack) => annotate(stack, { attributes: "deletion_protection.enabled=false" }),
      finds,
      severity: "mandatory",
    },
    "the default": { change: (stack) => annotate(stack, { attributes: undefined }), finds },
  },
  keeps: {
    "a Service without a load balancer": (stack) => {
      annotate(stack, { attributes: undefined });
      service(stack).spec.type = "NodePort";
    },
  },
});
