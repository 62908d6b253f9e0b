import { tlsEnd } from "../../../../../policies/rules/istio/gateway/tls-end";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { annotate, gatewayRelease, servers, service } from "../../edge/objects";

const here = "Gateway istio-ingress/wildcard:";
const port = "port 443 of Service istio-ingress/istio-ingress";
const resets = `${here} TLS ends at ${port}, so this server gets plaintext, yet its protocol is HTTPS: it resets every connection. Make the protocol HTTP and take out tls; or set backend-protocol to "ssl" to encrypt again.`;

/** A second gateway's load balancer, which passes TLS through to pods that may be here. */
function second(stack: StackDraft, labels: Loose, selector: Loose = labels): void {
  stack.add({
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "partners",
      namespace: "partners",
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-type": "external",
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      },
    },
    spec: { type: "LoadBalancer", selector, ports: [{ name: "https", port: 443, targetPort: 8443 }] },
  } as Loose);
  if (labels === undefined) return;
  stack.add({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "partners", namespace: "partners" },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: "istio-proxy", image: "auto" }] } } },
  } as Loose);
}

const passed = `${here} nobody ends TLS: port 443 of Service partners/partners passes it through, and this server's protocol is HTTP, so every https:// address fails. Give the load balancer a certificate (ssl-cert, ssl-ports), or make this server HTTPS with a credentialName.`;

export default cases(tlsEnd, {
  breaks: {
    "a server that ends TLS again": {
      change: (stack) =>
        Object.assign(servers(stack)[1], {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          tls: { mode: "SIMPLE", credentialName: "web" },
        }),
      finds: [resets],
    },
    "one that goes by the pods' port": {
      change: (stack) =>
        Object.assign(servers(stack)[1], {
          port: { number: 8443, name: "https", protocol: "HTTPS" },
          tls: { mode: "SIMPLE", credentialName: "web" },
        }),
      finds: [resets],
    },
    "one that is found through the pods' labels": {
      change: (stack) => {
        service(stack).spec.selector = { "app.kubernetes.io/name": "istio-ingress" };
        servers(stack)[1].port.protocol = "HTTPS";
      },
      finds: [resets],
    },
    "one that passes TLS through": {
      change: (stack) =>
        Object.assign(servers(stack)[1], {
          port: { number: 443, name: "tls", protocol: "TLS" },
          tls: { mode: "PASSTHROUGH" },
        }),
      finds: [resets.replace("HTTPS", "TLS")],
    },
    "a second gateway's load balancer, in another namespace, whose pods it configures too": {
      change: (stack) => second(stack, { app: "partners", istio: "ingress" }, { app: "partners" }),
      finds: [passed],
    },
    "one whose pods nobody sees, which select a part of its labels": {
      change: (stack) => {
        second(stack, undefined, { istio: "ingress" });
        stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "gateway");
        stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { istio: "ingress", tier: "edge" };
      },
      finds: [passed],
    },
    "a load balancer that encrypts again for plain HTTP": {
      change: (stack) => annotate(stack, { "backend-protocol": "ssl" }),
      finds: [
        `${here} ${port} encrypts again (backend-protocol ssl), yet this server's protocol is HTTP: it can't read what it gets. Set backend-protocol to "tcp", or give this server the protocol HTTPS and a certificate.`,
      ],
    },
    "nobody who ends TLS": {
      change: (stack) => annotate(stack, { "ssl-cert": undefined }),
      finds: [
        `${here} nobody ends TLS: ${port} passes it through, and this server's protocol is HTTP, so every https:// address fails. Give the load balancer a certificate (ssl-cert, ssl-ports), or make this server HTTPS with a credentialName.`,
      ],
    },
  },
  keeps: {
    "TLS that ends at the gateway": (stack) => {
      annotate(stack, { "ssl-cert": undefined, "ssl-ports": undefined });
      servers(stack)[1] = {
        hosts: ["*.example.com"],
        port: { number: 443, name: "https", protocol: "HTTPS" },
        tls: { mode: "SIMPLE", credentialName: "web" },
      };
    },
    "TLS that is ended and made again": (stack) => {
      annotate(stack, { "backend-protocol": "ssl" });
      servers(stack)[1].port.protocol = "HTTPS";
    },
    "a Gateway for other pods": (stack) => {
      stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { istio: "egress" };
      servers(stack)[1].port.protocol = "HTTPS";
    },
    "a second gateway in another namespace, whose pods lack one of its labels": (stack) => {
      second(stack, { app: "partners", istio: "ingress" }, { istio: "ingress" });
      stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { app: "istio-ingress", istio: "ingress" };
    },
    "a load balancer in another namespace than all the pods that it configures": (stack) => {
      second(stack, undefined, { istio: "ingress" });
      stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { app: "istio-ingress", istio: "ingress" };
    },
    "a second gateway in another namespace, where each has Gateways of its own": (stack) => {
      second(stack, { app: "partners", istio: "ingress" });
      stack.values("istiod").env = { PILOT_SCOPE_GATEWAY_TO_NAMESPACE: "true" };
    },
    "another chart's pods": (stack) => {
      gatewayRelease(stack).values.labels = { istio: "other" };
      service(stack).spec.selector = { app: "istio-ingress", istio: "other" };
      servers(stack)[1].port.protocol = "HTTPS";
    },
  },
});
