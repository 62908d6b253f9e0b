import { entryAddress } from "../../../../../policies/rules/istio/routing/entry-address";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("ServiceEntry");

const sidecar = adding("Sidecar");
const mysql = [{ number: 3306, name: "db", protocol: "mysql" }];
const orders = { hosts: ["orders.example.org"], ports: mysql, resolution: "DNS" };
const flags = { ...orders, hosts: ["flags.example.org"] };

function others(stack: StackDraft, spec: Loose): void {
  add(stack, spec, { name: "flags", namespace: "membership" });
}

/** What is said of {@link orders} beside {@link flags}, and of these. */
const both = [
  "ServiceEntry bookinfo/own: port 3306 is MYSQL, which is TCP to Istio, and the entry has no addresses, nor has flags.example.org (ServiceEntry membership/flags): proxies keep one of these hosts for that port, and send it the connections that are meant for the others. Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.",
  "ServiceEntry membership/flags: port 3306 is MYSQL, which is TCP to Istio, and the entry has no addresses, nor has orders.example.org (ServiceEntry bookinfo/own): proxies keep one of these hosts for that port, and send it the connections that are meant for the others. Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.",
];
const alone = (name: string): string =>
  `ServiceEntry ${name}: port 3306 is MYSQL, which is TCP to Istio, and the entry has no addresses: it takes every connection to that port, whatever host it is for. Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.`;

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
    "a protocol that is TCP to Istio": {
      change: (stack) => {
        add(stack, orders);
      },
      severity: "advisory",
      finds: [alone("bookinfo/own")],
    },
    "two hosts on one port": {
      change: (stack) => {
        add(stack, orders);
        others(stack, flags);
      },
      severity: "mandatory",
      finds: both,
    },
    "two hosts of one ServiceEntry": {
      change: (stack) => {
        add(stack, { ...orders, hosts: ["orders.example.org", "flags.example.org"] });
      },
      severity: "mandatory",
      finds: [
        "ServiceEntry bookinfo/own: port 3306 is MYSQL, which is TCP to Istio, and the entry has no addresses, nor has flags.example.org beside it: proxies keep one of these hosts for that port, and send it the connections that are meant for the others. Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.",
      ],
    },
    "two hosts that a Sidecar may keep apart": {
      change: (stack) => {
        add(stack, orders);
        others(stack, flags);
        sidecar(stack, { egress: [{ hosts: ["./*"] }] });
      },
      severity: "advisory",
      finds: both,
    },
    "two hosts in a mesh that others configure": {
      change: (stack) => {
        stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
        add(stack, orders);
        others(stack, flags);
      },
      severity: "advisory",
      finds: both,
    },
    "two hosts, with DNS capture for some pods": {
      change: (stack) => {
        stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.annotations = {
          "proxy.istio.io/config": 'proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}',
        };
        add(stack, orders);
        others(stack, flags);
      },
      severity: "advisory",
      finds: both,
    },
    "two hosts, with a namespace in ambient mode": {
      change: (stack) => {
        stack.object("Namespace", "default", "membership").metadata.labels = { "istio.io/dataplane-mode": "ambient" };
        add(stack, orders);
        others(stack, flags);
      },
      severity: "advisory",
      finds: both,
    },
    "two hosts that no namespace sees both": {
      change: (stack) => {
        add(stack, { ...orders, exportTo: ["."] });
        others(stack, { ...flags, exportTo: ["."] });
      },
      severity: "advisory",
      finds: [alone("bookinfo/own"), alone("membership/flags")],
    },
    "two hosts whose connections go on as they came": {
      change: (stack) => {
        add(stack, { ...orders, resolution: "NONE" });
        others(stack, flags);
      },
      severity: "advisory",
      finds: [alone("bookinfo/own"), alone("membership/flags")],
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
