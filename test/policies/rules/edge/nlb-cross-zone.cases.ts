import { nlbCrossZone } from "../../../../policies/rules/edge/nlb-cross-zone";
import { cases } from "../../cases";
import { annotate } from "./objects";

const finds = [
  "Service istio-ingress/istio-ingress: doesn't balance across zones: a zone with fewer pods is overrun, and one with none refuses connections. Add load_balancing.cross_zone.enabled=true to aws-load-balancer-attributes (gateways.default.crossZone).",
];

export default cases(nlbCrossZone, {
  breaks: {
    "zones by themselves": {
      change: (stack) => annotate(stack, { attributes: "load_balancing.cross_zone.enabled=false" }),
      finds,
    },
    "the default": { change: (stack) => annotate(stack, { attributes: undefined }), finds },
  },
  keeps: {
    "the older annotation": (stack) =>
      annotate(stack, { attributes: undefined, "cross-zone-load-balancing-enabled": "true" }),
    "the target groups' attribute": (stack) =>
      annotate(stack, { attributes: undefined, "target-group-attributes": "load_balancing.cross_zone.enabled=true" }),
  },
});
