import { tlsEnd } from "../../../../../policies/rules/istio/gateway/tls-end";
import { cases } from "../../../cases";
import { annotate, gatewayRelease, servers, service } from "../../edge/objects";

const here = "Gateway istio-ingress/wildcard:";
const port = "port 443 of Service istio-ingress/istio-ingress";
const resets = `${here} TLS ends at ${port}, so this server gets plaintext, yet its protocol is HTTPS: it resets every connection. Make the protocol HTTP and take out tls; or set backend-protocol to "ssl" to encrypt again.`;

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
    "another chart's pods": (stack) => {
      gatewayRelease(stack).values.labels = { istio: "other" };
      service(stack).spec.selector = { app: "istio-ingress", istio: "other" };
      servers(stack)[1].port.protocol = "HTTPS";
    },
  },
});
