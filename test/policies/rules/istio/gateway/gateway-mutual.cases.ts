import { gatewayMutual } from "../../../../../policies/rules/istio/gateway/gateway-mutual";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function add(stack: StackDraft, host: string, mode: string, number = 8443): void {
  stack.object("Gateway", "istio-ingress", "wildcard").spec.servers.push({
    hosts: [host],
    port: { number, name: `https-${host}`, protocol: "HTTPS" },
    tls: { mode, credentialName: host },
  } as Loose);
}

export default cases(gatewayMutual, {
  breaks: {
    "a protected host under an open wildcard": {
      change: (stack) => {
        add(stack, "*.example.org", "SIMPLE");
        add(stack, "bank.example.org", "MUTUAL");
      },
      finds: [
        'Gateway istio-ingress/wildcard: host "bank.example.org" wants client certificates, but another server of this Gateway takes *.example.org on port 8443 without: a client that connects for another host of it gets in without one. Give the host a port of its own, or set mode: MUTUAL on both.',
      ],
    },
    "a wildcard in another Gateway": {
      change: (stack) => {
        add(stack, "bank.example.org", "MUTUAL");
        stack.add({
          apiVersion: "networking.istio.io/v1",
          kind: "Gateway",
          metadata: { name: "open", namespace: "bookinfo" },
          spec: {
            selector: { istio: "ingress" },
            servers: [
              {
                hosts: ["*/*.org"],
                port: { number: 8443, name: "https", protocol: "HTTPS" },
                tls: { mode: "SIMPLE", credentialName: "org" },
              },
            ],
          },
        } as Loose);
      },
      finds: [
        'Gateway istio-ingress/wildcard: host "bank.example.org" wants client certificates, but Gateway bookinfo/open takes *.org on port 8443 without: a client that connects for another host of it gets in without one. Give the host a port of its own, or set mode: MUTUAL on both.',
      ],
    },
  },
  keeps: {
    "a wildcard on another port": (stack) => {
      add(stack, "*.example.org", "SIMPLE", 9443);
      add(stack, "bank.example.org", "MUTUAL");
    },
    "a wildcard that wants certificates too": (stack) => {
      add(stack, "*.example.org", "MUTUAL");
      add(stack, "bank.example.org", "MUTUAL");
    },
    "a wildcard of another domain": (stack) => {
      add(stack, "*.example.net", "SIMPLE");
      add(stack, "bank.example.org", "MUTUAL");
    },
  },
});
