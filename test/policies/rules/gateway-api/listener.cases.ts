import { listener } from "../../../../policies/rules/gateway-api/listener";
import { cases } from "../../cases";
import { addClass, addGateway } from "./drafts";

const here = "Gateway edge/web:";
const certificateRefs = [{ name: "cert" }];

export default cases(listener, {
  breaks: {
    "two of one name": {
      change: (stack) =>
        addGateway(stack, {
          listeners: [
            { name: "a", port: 80, protocol: "HTTP" },
            { name: "a", port: 81, protocol: "HTTP" },
          ],
        }),
      finds: [`${here} two listeners are called a: the API server refuses the Gateway. Give one of them another name.`],
      severity: "mandatory",
    },
    "TLS where the protocol has none, and none where it has": {
      change: (stack) =>
        addGateway(stack, {
          listeners: [
            { name: "a", port: 80, protocol: "HTTP", tls: { certificateRefs } },
            { name: "b", port: 443, protocol: "HTTPS" },
            { name: "c", port: 444, protocol: "HTTPS", tls: { mode: "Passthrough" } },
            { name: "d", port: 445, protocol: "TLS", tls: { mode: "Terminate" } },
            { name: "e", port: 446, protocol: "TCP", tls: { certificateRefs } },
          ],
        }),
      finds: [
        `${here} has tls, and the protocol HTTP has none: the API server refuses the Gateway. Set the protocol to HTTPS, or take tls out.`,
        `${here} has the protocol HTTPS and no tls: without a certificate nobody can connect to it. Name the certificate's Secret in tls.certificateRefs.`,
        `${here} has the protocol HTTPS and the mode Passthrough: the API server refuses the Gateway. Set the protocol to TLS to pass connections through, or the mode to Terminate.`,
        `${here} ends TLS and names no certificate: the API server refuses the Gateway. Name the certificate's Secret in tls.certificateRefs.`,
        `${here} has tls, and the protocol TCP has none: the API server refuses the Gateway. Set the protocol to TLS, or take tls out.`,
      ],
    },
    "a host for connections without one": {
      change: (stack) =>
        addGateway(stack, { listeners: [{ name: "tcp", port: 5432, protocol: "TCP", hostname: "db.example.com" }] }),
      finds: [
        `${here} has a hostname, and connections of TCP bring none: the API server refuses the Gateway. Take hostname out.`,
      ],
    },
  },
  keeps: {
    "each apart from the others": (stack) =>
      addGateway(stack, {
        listeners: [
          { name: "a", port: 80, protocol: "HTTP" },
          { name: "b", port: 80, protocol: "HTTP", hostname: "*.example.com" },
          { name: "c", port: 443, protocol: "HTTPS", tls: { certificateRefs } },
          { name: "d", port: 444, protocol: "TLS", tls: { mode: "Passthrough" } },
          { name: "e", port: 5432, protocol: "TCP" },
          { name: "f", port: 15008, protocol: "HBONE" },
        ],
      }),
    "no certificate where ListenerSets bring theirs": (stack) =>
      addGateway(stack, {
        allowedListeners: { namespaces: { from: "Same" } },
        listeners: [{ name: "https", port: 443, protocol: "HTTPS" }],
      }),
    "no certificate where it is an ALB's, which has it from ACM": (stack) => {
      addClass(stack, "alb", "gateway.k8s.aws/alb");
      addGateway(stack, { gatewayClassName: "alb", listeners: [{ name: "https", port: 443, protocol: "HTTPS" }] });
      addGateway(stack, { gatewayClassName: "gke-l7", listeners: [{ name: "https", port: 443, protocol: "HTTPS" }] });
    },
    "an empty host for connections without one": (stack) =>
      addGateway(stack, { listeners: [{ name: "tcp", port: 5432, protocol: "TCP", hostname: "" }] }),
    "a certificate by options": (stack) =>
      addGateway(stack, {
        listeners: [
          {
            name: "mutual",
            port: 443,
            protocol: "HTTPS",
            tls: { mode: "Terminate", options: { "gateway.istio.io/tls-terminate-mode": "ISTIO_MUTUAL" } },
          },
        ],
      }),
  },
});
