import { gatewaySharedCertificate } from "../../../../../policies/rules/istio/gateway/gateway-shared-cert";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function add(stack: StackDraft, name: string, server: Loose, selector: Loose = { istio: "ingress" }): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name, namespace: "bookinfo" },
    spec: { selector, servers: [server] },
  } as Loose);
}

function https(host: string, credentialName = "wildcard"): Loose {
  return {
    hosts: [host],
    port: { number: 8443, name: "https", protocol: "HTTPS" },
    tls: { mode: "SIMPLE", credentialName },
  };
}

export default cases(gatewaySharedCertificate, {
  breaks: {
    "a certificate in two Gateways": {
      change: (stack) => {
        add(stack, "a", https("a.example.org"));
        add(stack, "b", https("b.example.org"));
      },
      finds: [
        'Gateway bookinfo/a: Gateway bookinfo/b has the certificate "wildcard" on port 8443 too: a browser that reuses its HTTP/2 connection gets a 404 for the hosts of the other. Put the hosts into one server, and bind both VirtualServices to it.',
        'Gateway bookinfo/b: Gateway bookinfo/a has the certificate "wildcard" on port 8443 too: a browser that reuses its HTTP/2 connection gets a 404 for the hosts of the other. Put the hosts into one server, and bind both VirtualServices to it.',
      ],
    },
    "a certificate in two servers of one Gateway": {
      change: (stack) => {
        add(stack, "a", https("a.example.org"));
        stack.object("Gateway", "bookinfo", "a").spec.servers.push(https("b.example.org"));
      },
      finds: [
        'Gateway bookinfo/a: another server of this Gateway has the certificate "wildcard" on port 8443 too: a browser that reuses its HTTP/2 connection gets a 404 for the hosts of the other. Put the hosts into one server, and bind both VirtualServices to it.',
        'Gateway bookinfo/a: another server of this Gateway has the certificate "wildcard" on port 8443 too: a browser that reuses its HTTP/2 connection gets a 404 for the hosts of the other. Put the hosts into one server, and bind both VirtualServices to it.',
      ],
    },
  },
  keeps: {
    "a certificate each": (stack) => {
      add(stack, "a", https("a.example.org", "a"));
      add(stack, "b", https("b.example.org", "b"));
    },
    "other pods": (stack) => {
      add(stack, "a", https("a.example.org"));
      add(stack, "b", https("b.example.org"), { istio: "internal" });
    },
    "both hosts in one server": (stack) => {
      add(stack, "a", { ...https("a.example.org"), hosts: ["a.example.org", "b.example.org"] });
    },
  },
});
