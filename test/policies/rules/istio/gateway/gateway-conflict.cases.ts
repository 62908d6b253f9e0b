import { gatewayConflict } from "../../../../../policies/rules/istio/gateway/gateway-conflict";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function add(stack: StackDraft, server: Loose, selector: Loose = { istio: "ingress" }, name = "second"): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name, namespace: "bookinfo" },
    spec: { selector, servers: [server] },
  } as Loose);
}

const https = {
  hosts: ["shop.example.org"],
  port: { number: 8443, name: "https", protocol: "HTTPS" },
  tls: { mode: "SIMPLE", credentialName: "shop" },
};

export default cases(gatewayConflict, {
  breaks: {
    "another protocol on a port": {
      change: (stack) => {
        add(stack, { ...https, port: { number: 443, name: "https", protocol: "HTTPS" } });
      },
      finds: [
        "Gateway istio-ingress/wildcard: takes HTTP on port 443, and Gateway bookinfo/second takes TLS there on the same pods: Istio drops one of them. Give one of them another port.",
        "Gateway bookinfo/second: takes TLS on port 443, and Gateway istio-ingress/wildcard takes HTTP there on the same pods: Istio drops one of them. Give one of them another port.",
      ],
    },
    "the same host with TLS in two Gateways": {
      change: (stack) => {
        add(stack, https);
        add(stack, https, { istio: "ingress", app: "istio-ingress" }, "third");
      },
      finds: [
        'Gateway bookinfo/second: host "shop.example.org" on port 8443 is in Gateway bookinfo/third too, on the same pods: Istio drops the newer server, with its certificate and its routes. Let one Gateway have the host, or give one of them another port.',
        'Gateway bookinfo/third: host "shop.example.org" on port 8443 is in Gateway bookinfo/second too, on the same pods: Istio drops the newer server, with its certificate and its routes. Let one Gateway have the host, or give one of them another port.',
      ],
    },
    "the same host in plain HTTP": {
      change: (stack) => {
        add(stack, { hosts: ["example.com"], port: { number: 443, name: "http", protocol: "HTTP" } });
      },
      severity: "advisory",
      finds: [
        'Gateway istio-ingress/wildcard: host "example.com" on port 443 is in Gateway bookinfo/second too, on the same pods: their routes are mixed, in no order that anybody chose. Let one Gateway have the host, and bind the VirtualServices to that.',
        'Gateway bookinfo/second: host "example.com" on port 443 is in Gateway istio-ingress/wildcard too, on the same pods: their routes are mixed, in no order that anybody chose. Let one Gateway have the host, and bind the VirtualServices to that.',
      ],
    },
    "a redirect in one of two Gateways": {
      change: (stack) => {
        add(stack, { hosts: ["*.example.com"], port: { number: 80, name: "http", protocol: "HTTP" } });
      },
      finds: [
        'Gateway istio-ingress/wildcard: host "*.example.com" on port 80 is in Gateway bookinfo/second too, on the same pods: only some of them redirect to HTTPS, and which counts depends on which is older. Let one Gateway have the host, or give one of them another port.',
        'Gateway bookinfo/second: host "*.example.com" on port 80 is in Gateway istio-ingress/wildcard too, on the same pods: only some of them redirect to HTTPS, and which counts depends on which is older. Let one Gateway have the host, or give one of them another port.',
      ],
    },
    "hosts with TLS that differ in their namespace only": {
      change: (stack) => {
        add(stack, https);
        add(stack, { ...https, hosts: ["bookinfo/shop.example.org", "b.example.org"] }, { istio: "ingress" }, "third");
      },
      severity: "mandatory",
      finds: ["bookinfo/second", "bookinfo/third"].map(
        (own, index, all) =>
          `Gateway ${own}: host "shop.example.org" on port 8443 is in Gateway ${all[1 - index]} too, on the same pods, for other namespaces: Envoy tells TLS connections apart by host alone and refuses the whole listener, so that no host of the port is served by a new pod, and no change reaches an old one. Let one server have the host, with an entry for each namespace, or give one of them another port.`,
      ),
    },
    "two servers of one Gateway for different namespaces": {
      change: (stack) => {
        const { servers } = stack.object("Gateway", "istio-ingress", "wildcard").spec;
        const second = { ...https, hosts: ["./shop.example.org"], port: { ...https.port, name: "https-2" } };
        servers.push({ ...https, hosts: ["bookinfo/shop.example.org"] }, second);
      },
      finds: Array<string>(2).fill(
        'Gateway istio-ingress/wildcard: host "shop.example.org" on port 8443 is in another server of this Gateway too, on the same pods, for other namespaces: Envoy tells TLS connections apart by host alone and refuses the whole listener, so that no host of the port is served by a new pod, and no change reaches an old one. Let one server have the host, with an entry for each namespace, or give one of them another port.',
      ),
    },
    "two servers of one Gateway": {
      change: (stack) => {
        const { servers } = stack.object("Gateway", "istio-ingress", "wildcard").spec;
        servers.push(https, { ...https, port: { ...https.port, name: "https-2" } });
      },
      finds: [
        'Gateway istio-ingress/wildcard: host "shop.example.org" on port 8443 is in another server of this Gateway too, on the same pods: Istio drops the newer server, with its certificate and its routes. Let one Gateway have the host, or give one of them another port.',
        'Gateway istio-ingress/wildcard: host "shop.example.org" on port 8443 is in another server of this Gateway too, on the same pods: Istio drops the newer server, with its certificate and its routes. Let one Gateway have the host, or give one of them another port.',
      ],
    },
  },
  keeps: {
    "one that is written twice, of which another rule tells": (stack) => {
      add(stack, https);
      add(stack, https);
    },
    "other pods": (stack) => {
      add(stack, { ...https, port: { number: 443, name: "https", protocol: "HTTPS" } }, { istio: "internal" });
    },
    "another address": (stack) => {
      add(stack, { ...https, bind: "10.0.0.1", port: { number: 443, name: "https", protocol: "HTTPS" } });
    },
    "other hosts on the same port": (stack) => {
      add(stack, { hosts: ["shop.example.org"], port: { number: 80, name: "http", protocol: "HTTP2" } });
    },
    "one server for several namespaces": (stack) => {
      add(stack, { ...https, hosts: ["bookinfo/shop.example.org", "membership/shop.example.org"] });
    },
    "hosts of TLS that is passed on, for other namespaces": (stack) => {
      const passed = { port: { number: 8443, name: "tls", protocol: "TLS" }, tls: { mode: "PASSTHROUGH" } };
      add(stack, { ...passed, hosts: ["shop.example.org"] });
      add(stack, { ...passed, hosts: ["bookinfo/shop.example.org"] }, { istio: "ingress" }, "third");
    },
    "the same host for other namespaces": (stack) => {
      add(stack, { hosts: ["bookinfo/*.example.com"], port: { number: 443, name: "http", protocol: "HTTP" } });
    },
  },
});
