import { nlbClientIp } from "../../../../policies/rules/edge/nlb-client-ip";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { annotate, gatewayRelease, service } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const fix =
  "Add preserve_client_ip.enabled=true to aws-load-balancer-target-group-attributes (gateways.default.preserveClientIp).";

const off = { "target-group-attributes": "preserve_client_ip.enabled=false" };

function allow(stack: StackDraft, rule: Loose, metadata: Loose = {}, selector?: Loose): void {
  stack.add({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "office", namespace: "istio-ingress", ...metadata },
    spec: { ...(selector && { selector: { matchLabels: selector } }), action: "ALLOW", rules: [rule] },
  } as Loose);
}

function from(source: Loose): Loose {
  return { from: [{ source }] };
}

/** Puts node ports between the load balancer and the pods. */
function overNodes(stack: StackDraft, externalTrafficPolicy?: string): void {
  annotate(stack, { "nlb-target-type": "instance", "target-group-attributes": undefined });
  Object.assign(service(stack).spec, { allocateLoadBalancerNodePorts: true, externalTrafficPolicy });
}

const lost = `${here} has client addresses switched off: applications take the load balancer for every client, and AuthorizationPolicy istio-ingress/office lets in everybody or nobody. ${fix}`;
const toLocal =
  'Set externalTrafficPolicy to "Local", or nlb-target-type to "ip" with preserve_client_ip.enabled=true in aws-load-balancer-target-group-attributes.';

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
        annotate(stack, off);
        allow(stack, from({ ipBlocks: ["203.0.113.0/24"] }));
      },
      finds: [lost],
      severity: "mandatory",
    },
    "addresses that a condition goes by": {
      change: (stack) => {
        annotate(stack, off);
        allow(stack, { when: [{ key: "source.ip", values: ["203.0.113.0/24"] }] }, {}, { istio: "ingress" });
      },
      finds: [lost],
      severity: "mandatory",
    },
    "addresses of requests, where no proxy is trusted": {
      change: (stack) => {
        annotate(stack, off);
        allow(stack, from({ notRemoteIpBlocks: ["203.0.113.0/24"] }));
      },
      finds: [lost],
      severity: "mandatory",
    },
    "addresses that the whole mesh's policy goes by": {
      change: (stack) => {
        annotate(stack, off);
        allow(stack, from({ ipBlocks: ["203.0.113.0/24"] }), { namespace: "istio-system" });
      },
      finds: [lost.replace("istio-ingress/office", "istio-system/office")],
      severity: "mandatory",
    },
    "addresses that a policy of other pods goes by": {
      change: (stack) => {
        annotate(stack, off);
        allow(stack, from({ ipBlocks: ["203.0.113.0/24"] }), {}, { istio: "other" });
      },
      finds: [
        `${here} has client addresses switched off: applications take the load balancer for every client. ${fix}`,
      ],
      severity: "advisory",
    },
    "addresses of requests behind proxies that are trusted": {
      change: (stack) => {
        annotate(stack, off);
        const config = '{"gatewayTopology":{"numTrustedProxies":1}}';
        gatewayRelease(stack).values.podAnnotations = { "proxy.istio.io/config": config };
        allow(stack, from({ remoteIpBlocks: ["203.0.113.0/24"] }));
      },
      finds: [
        `${here} has client addresses switched off: applications take the load balancer for every client. ${fix}`,
      ],
      severity: "advisory",
    },
    "the default of node ports": {
      change: (stack) => overNodes(stack),
      finds: [
        `${here} reaches pods over node ports, and externalTrafficPolicy's default, Cluster, puts the node's address into the place of the client's: applications take a node for every client. ${toLocal}`,
      ],
      severity: "advisory",
    },
    "node ports, and a policy of pods that nobody sees here": {
      change: (stack) => {
        overNodes(stack, "Cluster");
        stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "gateway");
        allow(stack, from({ notIpBlocks: ["203.0.113.0/24"] }), {}, { istio: "ingress" });
      },
      finds: [
        `${here} reaches pods over node ports, and externalTrafficPolicy Cluster puts the node's address into the place of the client's: applications take a node for every client, and AuthorizationPolicy istio-ingress/office lets in everybody or nobody. ${toLocal}`,
      ],
      severity: "mandatory",
    },
    "node ports of the cloud provider's own load balancer, and a policy": {
      change: (stack) => {
        overNodes(stack);
        annotate(stack, { type: "nlb", "nlb-target-type": undefined });
        allow(stack, from({ ipBlocks: ["203.0.113.0/24"] }));
      },
      finds: [
        `${here} reaches pods over node ports, and externalTrafficPolicy's default, Cluster, puts the node's address into the place of the client's: applications take a node for every client, and AuthorizationPolicy istio-ingress/office lets in everybody or nobody. ${toLocal}`,
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "the cloud provider's own load balancer, where nobody goes by addresses": (stack) => {
      overNodes(stack);
      annotate(stack, { type: "nlb", "nlb-target-type": undefined });
    },
    "pods as targets by the cloud provider's type, which the controller may take, and a policy": (stack) => {
      annotate(stack, { type: "nlb" });
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "aws-load-balancer-controller");
      allow(stack, from({ ipBlocks: ["203.0.113.0/24"] }));
    },
    "another controller's load balancer": (stack) => {
      overNodes(stack);
      annotate(stack, { type: undefined });
      service(stack).spec.loadBalancerClass = "io.cilium/node";
      allow(stack, from({ ipBlocks: ["203.0.113.0/24"] }));
    },
    "PROXY protocol instead": (stack) =>
      annotate(stack, { "target-group-attributes": undefined, "proxy-protocol": "*" }),
    "node ports of the nodes that have the pods": (stack) => overNodes(stack, "Local"),
    "node ports and PROXY protocol": (stack) => {
      overNodes(stack);
      annotate(stack, { "proxy-protocol": "*" });
    },
    "a type that the controller passes over, of which another rule tells": (stack) =>
      annotate(stack, { "nlb-target-type": undefined, "target-group-attributes": undefined }),
  },
});
