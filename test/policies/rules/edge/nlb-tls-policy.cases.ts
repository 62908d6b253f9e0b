import { nlbTlsPolicy } from "../../../../policies/rules/edge/nlb-tls-policy";
import { cases } from "../../cases";
import { annotate } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const fix = 'Set ssl-negotiation-policy to "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" (gateways.default.tlsPolicy).';
const policy = "ssl-negotiation-policy";

export default cases(nlbTlsPolicy, {
  breaks: {
    "the default": {
      change: (stack) => annotate(stack, { [policy]: undefined }),
      finds: [
        `${here} names no TLS policy, and the default, ELBSecurityPolicy-2016-08, allows TLS 1.0 and 1.1. ${fix}`,
      ],
    },
    "an old policy": {
      change: (stack) => annotate(stack, { [policy]: "ELBSecurityPolicy-TLS-1-1-2017-01" }),
      finds: [`${here} ELBSecurityPolicy-TLS-1-1-2017-01 allows TLS 1.0 or 1.1. ${fix}`],
    },
    "a policy of TLS 1.3 that goes down to 1.0": {
      change: (stack) => annotate(stack, { [policy]: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
      finds: [`${here} ELBSecurityPolicy-TLS13-1-0-2021-06 allows TLS 1.0 or 1.1. ${fix}`],
    },
    "none of AWS's policies": {
      change: (stack) => annotate(stack, { [policy]: "TLS13-1-2" }),
      finds: [`${here} "TLS13-1-2" is none of AWS's TLS policies: AWS refuses the listener. ${fix}`],
    },
  },
  keeps: {
    "TLS 1.3 only": (stack) => annotate(stack, { [policy]: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    "TLS 1.2 only": (stack) => annotate(stack, { [policy]: "ELBSecurityPolicy-TLS-1-2-Ext-2018-06" }),
    "the controller's own default": (stack) => {
      annotate(stack, { [policy]: undefined });
      stack.values("aws-load-balancer-controller").defaultSSLPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
    },
    "TLS that ends at the gateway": (stack) => annotate(stack, { [policy]: undefined, "ssl-cert": undefined }),
  },
});
