import { mutualWildcard } from "../../../../policies/rules/edge/mutual-wildcard";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { servers } from "./objects";

const port = { number: 443, name: "https", protocol: "HTTPS" };

function open(hosts: string[]): Loose {
  return { hosts, port, tls: { mode: "SIMPLE", credentialName: "web" } };
}

const guarded = {
  hosts: ["admin.example.com"],
  port: { ...port, name: "mtls" },
  tls: { mode: "MUTUAL", credentialName: "admin" },
};

function gateway(stack: StackDraft, name: string, selector: object, all: Loose[]): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name, namespace: "istio-ingress" },
    spec: { selector, servers: all },
  } as Loose);
}

const fix = "Give it a port or a gateway of its own, or name the other hosts one by one.";

export default cases(mutualWildcard, {
  breaks: {
    "a wildcard in the same Gateway": {
      change: (stack) => servers(stack).push(open(["*.example.com"]), guarded),
      finds: [
        `Gateway istio-ingress/wildcard: host "admin.example.com" asks for a client certificate, but "*.example.com" on port 443 doesn't and covers it: a client connects there and asks for this host. ${fix}`,
      ],
    },
    "a wildcard in another Gateway for the same pods": {
      change: (stack) => {
        servers(stack).push(guarded);
        gateway(stack, "other", { istio: "ingress" }, [open(["bookinfo/*"])]);
      },
      finds: [
        `Gateway istio-ingress/wildcard: host "admin.example.com" asks for a client certificate, but "*" on port 443 of Gateway istio-ingress/other doesn't and covers it: a client connects there and asks for this host. ${fix}`,
      ],
    },
  },
  keeps: {
    "other hosts by name": (stack) => servers(stack).push(open(["example.com", "shop.example.com"]), guarded),
    "other pods": (stack) => {
      servers(stack).push(guarded);
      gateway(stack, "other", { istio: "other" }, [open(["*"])]);
    },
    "another port": (stack) =>
      servers(stack).push({ ...open(["*.example.com"]), port: { ...port, number: 8443 } }, guarded),
  },
});
