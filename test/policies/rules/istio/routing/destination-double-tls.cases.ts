import { destinationDoubleTls } from "../../../../../policies/rules/istio/routing/destination-double-tls";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { addRoute } from "../../gateway-api/drafts";
import { adding } from "../drafts";

const entry = adding("ServiceEntry");
const rule = adding("DestinationRule");
const route = adding("VirtualService");
const host = "api.example.org";
const simple = { tls: { mode: "SIMPLE", caCertificates: "/etc/ssl/certs/ca-certificates.crt" } };

function outside(stack: StackDraft, protocol: string, trafficPolicy: Loose = simple): void {
  entry(stack, { hosts: [host], ports: [{ number: 443, name: "api", protocol }], resolution: "DNS" });
  rule(stack, { host, trafficPolicy });
}

export default cases(destinationDoubleTls, {
  breaks: {
    "TLS around an HTTPS port of a host outside": {
      change: (stack) => {
        outside(stack, "HTTPS");
      },
      finds: [
        "DestinationRule bookinfo/own: TLS (SIMPLE) around port 443 of ServiceEntry bookinfo/own, which is HTTPS: clients send TLS there already, and no VirtualService leads plain requests to it, so handshakes fail. Take tls out; or make the port HTTP with targetPort 443, and let clients send plain HTTP to it.",
      ],
    },
    "TLS around a TLS port beside others": {
      change: (stack) => {
        const ports = [
          { number: 80, name: "http", protocol: "HTTP" },
          { number: 5432, name: "db", protocol: "TLS" },
        ];
        entry(stack, { hosts: [host], ports, resolution: "DNS" });
        rule(stack, { host, trafficPolicy: { portLevelSettings: [{ port: { number: 5432 }, ...simple }] } });
      },
      finds: [
        "DestinationRule bookinfo/own: TLS (SIMPLE) around port 5432 of ServiceEntry bookinfo/own, which is TLS: clients send TLS there already, and no VirtualService leads plain requests to it, so handshakes fail. Take tls out; or make the port HTTP with targetPort 5432, and let clients send plain HTTP to it.",
      ],
    },
  },
  keeps: {
    "TLS around a port that is HTTP": (stack) => {
      outside(stack, "HTTP");
    },
    "plain requests that a VirtualService leads there, as in Istio's recipe": (stack) => {
      outside(stack, "HTTPS");
      const http = [{ match: [{ port: 80 }], route: [{ destination: { host, port: { number: 443 } } }] }];
      route(stack, { hosts: [host], http });
    },
    "plain requests that an HTTPRoute leads there": (stack) => {
      outside(stack, "HTTPS");
      const backend = { group: "networking.istio.io", kind: "Hostname", name: host, port: 443 };
      addRoute(stack, { rules: [{ backendRefs: [backend] }] });
    },
    "another port that isn't encrypted": (stack) => {
      outside(stack, "HTTPS");
      entry(stack, { hosts: [host], ports: [{ number: 80, name: "http", protocol: "HTTP" }] }, { name: "more" });
    },
    "the mesh's TLS around a port that is TLS": (stack) => {
      outside(stack, "TLS", { tls: { mode: "ISTIO_MUTUAL" } });
    },
    "an address, to which clients may send plain text, and a Service": (stack) => {
      const ports = [{ number: 443, name: "api", protocol: "HTTPS" }];
      entry(stack, { hosts: [host], addresses: ["192.0.2.1"], ports, resolution: "DNS" });
      rule(stack, { host, trafficPolicy: simple });
      stack.object("Service", "bookinfo", "details").spec.ports[0].name = "https";
      rule(stack, { host: "details", trafficPolicy: simple }, { name: "details" });
    },
    "hosts of a wildcard": (stack) => {
      const ports = [{ number: 443, name: "api", protocol: "HTTPS" }];
      entry(stack, { hosts: ["*.example.org"], ports, resolution: "NONE" });
      rule(stack, { host: "*.example.org", trafficPolicy: simple });
    },
    "a host of others": (stack) => {
      rule(stack, { host: "db.loyalty.svc.cluster.local", trafficPolicy: simple });
    },
  },
});
