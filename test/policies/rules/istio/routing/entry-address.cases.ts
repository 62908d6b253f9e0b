import { entryAddress } from "../../../../../policies/rules/istio/routing/entry-address";
import { cases } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

const add = adding("ServiceEntry");

export default cases(entryAddress, {
  breaks: {
    "a TCP port": {
      change: (stack) => {
        add(stack, { hosts: ["db.example.org"], ports: [{ number: 5432, name: "db", protocol: "TCP" }] });
      },
      finds: [
        "ServiceEntry bookinfo/own: port 5432 is TCP and the entry has no addresses: it takes every connection to that port, whatever host it is for. Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.",
      ],
    },
    "no protocol": {
      change: (stack) => {
        add(stack, { hosts: ["db.example.org"], ports: [{ number: 5432, name: "db" }] });
      },
      finds: [
        "ServiceEntry bookinfo/own: port 5432 is TCP and the entry has no addresses: it takes every connection to that port, whatever host it is for. Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.",
      ],
    },
  },
  keeps: {
    addresses: (stack) => {
      add(stack, {
        hosts: ["db.example.org"],
        ports: [{ number: 5432, name: "db", protocol: "TCP" }],
        addresses: ["10.1.2.3"],
      });
    },
    "TLS, which names its host": (stack) => {
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 5432, name: "db", protocol: "TLS" }] });
    },
    "DNS capture in the ConfigMap of a rendered control plane": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      const mesh = 'defaultConfig:\n  proxyMetadata:\n    ISTIO_META_DNS_CAPTURE: "true"\n';
      stack.add({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "istio", namespace: "istio-system" },
        data: { mesh },
      } as Loose);
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 5432, name: "db", protocol: "TCP" }] });
    },
    "DNS capture": (stack) => {
      stack.values("istiod").meshConfig.defaultConfig.proxyMetadata = { ISTIO_META_DNS_CAPTURE: "true" };
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 5432, name: "db", protocol: "TCP" }] });
    },
  },
});
