import { clientIp } from "../../../../policies/rules/edge/client-ip";
import { cases } from "../../cases";
import { annotate } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const fix =
  "Add preserve_client_ip.enabled=true to aws-load-balancer-target-group-attributes (gateway.preserveClientIp).";

export default cases(clientIp, {
  breaks: {
    "addresses that are switched off": {
      change: (stack) => annotate(stack, { "target-group-attributes": "preserve_client_ip.enabled=false" }),
      finds: [
        `${here} has client addresses switched off: applications take the load balancer for every client. ${fix}`,
      ],
    },
    "the default of pods as targets": {
      change: (stack) => annotate(stack, { "target-group-attributes": undefined }),
      finds: [
        `${here} doesn't preserve clients' addresses, which is the default for pods as targets: applications take the load balancer for every client. ${fix}`,
      ],
    },
  },
  keeps: {
    "PROXY protocol instead": (stack) =>
      annotate(stack, { "target-group-attributes": undefined, "proxy-protocol": "*" }),
    "the default of node ports": (stack) =>
      annotate(stack, { "target-group-attributes": undefined, "nlb-target-type": "instance" }),
  },
});
