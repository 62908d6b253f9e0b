import { nlbClientIp } from "../../../../policies/rules/edge/nlb-client-ip";
import { cases } from "../../cases";
import type { Loose } from "../../stack";
import { annotate } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const fix =
  "Add preserve_client_ip.enabled=true to aws-load-balancer-target-group-attributes (gateways.default.preserveClientIp).";

export default cases(nlbClientIp, {
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
    "addresses that a policy goes by": {
      change: (stack) => {
        annotate(stack, { "target-group-attributes": "preserve_client_ip.enabled=false" });
        stack.add({
          apiVersion: "security.istio.io/v1",
          kind: "AuthorizationPolicy",
          metadata: { name: "office", namespace: "istio-ingress" },
          spec: { action: "ALLOW", rules: [{ from: [{ source: { ipBlocks: ["203.0.113.0/24"] } }] }] },
        } as Loose);
      },
      finds: [
        `${here} has client addresses switched off: applications take the load balancer for every client, and AuthorizationPolicy istio-ingress/office lets in everybody or nobody. ${fix}`,
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "PROXY protocol instead": (stack) =>
      annotate(stack, { "target-group-attributes": undefined, "proxy-protocol": "*" }),
    "the default of node ports": (stack) =>
      annotate(stack, { "target-group-attributes": undefined, "nlb-target-type": "instance" }),
  },
});
