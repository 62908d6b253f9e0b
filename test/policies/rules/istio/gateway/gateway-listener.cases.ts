import { gatewayListener } from "../../../../../policies/rules/istio/gateway/gateway-listener";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function add(stack: StackDraft, spec: Loose, { name = "own", namespace = "bookinfo" } = {}): void {
  stack.add({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name, namespace },
    spec,
  } as Loose);
}

export default cases(gatewayListener, {
  breaks: {
    "two listeners alike": {
      change: (stack) => {
        add(stack, {
          listeners: [
            { name: "a", port: 80, protocol: "HTTP" },
            { name: "b", protocol: "HTTP", port: 80 },
          ],
        });
      },
      finds: [
        'Gateway bookinfo/own: the listener "b" has the port, protocol and host of "a": only one of them works. Put them into one, or give it another hostname or port.',
      ],
    },
    "two Gateways with one address": {
      change: (stack) => {
        add(stack, { addresses: [{ type: "IPAddress", value: "10.0.0.1" }] });
        add(stack, { addresses: [{ type: "IPAddress", value: "10.0.0.1" }] }, { name: "second" });
      },
      finds: [
        "Gateway bookinfo/own: Gateway bookinfo/second has the address 10.0.0.1 too: only one of them gets it. Give each an address of its own, or put the listeners into one Gateway.",
        "Gateway bookinfo/second: Gateway bookinfo/own has the address 10.0.0.1 too: only one of them gets it. Give each an address of its own, or put the listeners into one Gateway.",
      ],
    },
  },
  keeps: {
    "two Gateways for the pods of one Service": (stack) => {
      add(stack, { addresses: [{ type: "Hostname", value: "gateway.shared.svc.cluster.local" }] });
      add(stack, { addresses: [{ type: "Hostname", value: "gateway.shared.svc.cluster.local" }] }, { name: "second" });
    },
    "listeners with hosts of their own": (stack) => {
      add(stack, {
        listeners: [
          { name: "a", port: 80, protocol: "HTTP", hostname: "a" },
          { name: "b", port: 80, protocol: "HTTP", hostname: "b" },
        ],
      });
    },
    "Istio's own kind, where plain servers may repeat a port": (stack) => {
      stack
        .object("Gateway", "istio-ingress", "wildcard")
        .spec.servers.push({ hosts: ["a"], port: { number: 80, name: "b", protocol: "HTTP" } });
    },
  },
});
