import { deprecated } from "../../../../../policies/rules/istio/configuration/deprecated";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("Sidecar");

export default cases(deprecated, {
  breaks: {
    "percentages of faults and mirrors": {
      change: (stack) => {
        Object.assign(stack.object("VirtualService", "bookinfo", "reviews").spec.http[0], {
          fault: { delay: { percent: 10, fixedDelay: "1s" }, abort: { percent: 1 } },
          mirrorPercent: 5,
        });
      },
      finds: [
        "VirtualService bookinfo/reviews: percent is deprecated: Istio ignores it, or an upgrade will drop it. Use percentage: {value: …}.",
        "VirtualService bookinfo/reviews: percent is deprecated: Istio ignores it, or an upgrade will drop it. Use percentage: {value: …}.",
        "VirtualService bookinfo/reviews: mirrorPercent is deprecated: Istio ignores it, or an upgrade will drop it. Use mirrorPercentage: {value: …}.",
      ],
    },
    "a Sidecar's egress proxy": {
      change: (stack) => {
        add(stack, { outboundTrafficPolicy: { egressProxy: { host: "a" } } });
      },
      finds: [
        "Sidecar bookinfo/own: egressProxy is deprecated: Istio ignores it, or an upgrade will drop it. Route through an egress gateway.",
      ],
    },
    "LEAST_CONN, and the old counters": {
      change: (stack) => {
        stack.object("DestinationRule", "bookinfo", "reviews").spec.trafficPolicy = {
          loadBalancer: { simple: "LEAST_CONN" },
          portLevelSettings: [{ outlierDetection: { consecutiveErrors: 5 } }],
        };
        stack.object("DestinationRule", "bookinfo", "reviews").spec.subsets[0].trafficPolicy = {
          loadBalancer: { consistentHash: { minimumRingSize: 1 } },
        };
      },
      finds: [
        "DestinationRule bookinfo/reviews: LEAST_CONN is deprecated: LEAST_REQUEST took its place. Write LEAST_REQUEST.",
        "DestinationRule bookinfo/reviews: consecutiveErrors is deprecated: Istio ignores it, or an upgrade will drop it. Use consecutive5xxErrors or consecutiveGatewayErrors.",
        "DestinationRule bookinfo/reviews: minimumRingSize is deprecated: Istio ignores it, or an upgrade will drop it. Use ringHash: {minimumRingSize: …}.",
      ],
    },
    "a Gateway's targetPort": {
      change: (stack) => {
        stack.object("Gateway", "istio-ingress", "wildcard").spec.servers[0].port.targetPort = 8080;
      },
      finds: [
        "Gateway istio-ingress/wildcard: targetPort is deprecated: Istio ignores it, or an upgrade will drop it. Set it on the gateway's Service.",
      ],
    },
  },
  keeps: {
    "what took their place": (stack) => {
      stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].fault = {
        delay: { percentage: { value: 10 }, fixedDelay: "1s" },
      };
      stack.object("DestinationRule", "bookinfo", "reviews").spec.trafficPolicy.loadBalancer = {
        simple: "LEAST_REQUEST",
      };
    },
  },
});
