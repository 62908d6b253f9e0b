import { gatewayHost } from "../../../../../policies/rules/istio/gateway/gateway-host";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function productpage(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "productpage.ingress").spec;
}

function servers(stack: StackDraft): Loose[] {
  return stack.object("Gateway", "istio-ingress", "wildcard").spec.servers;
}

function internal(stack: StackDraft): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "internal", namespace: "istio-ingress" },
    spec: {
      selector: { istio: "internal" },
      servers: [{ hosts: ["*.corp.example.org"], port: { number: 80, name: "http", protocol: "HTTP" } }],
    },
  } as Loose);
}

export default cases(gatewayHost, {
  breaks: {
    "a second host of another domain": {
      change: (stack) => productpage(stack).hosts.push("bookinfo.example.org"),
      finds: [
        'VirtualService bookinfo/productpage.ingress: host "bookinfo.example.org" is in no server of Gateway istio-ingress/wildcard, which takes *.example.com and example.com: requests for it get a 404. Add "bookinfo.example.org" to the hosts of a server of Gateway istio-ingress/wildcard, or take it out here.',
      ],
    },
    "a server that takes hosts of another namespace": {
      change: (stack) => {
        for (const server of servers(stack)) server.hosts = ["shop/*.example.com"];
        stack.remove("VirtualService", "membership.ingress");
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: host "bookinfo.example.com" is in no server of Gateway istio-ingress/wildcard, which takes nothing from the namespace bookinfo: requests for it get a 404. Add "bookinfo.example.com" to the hosts of a server of Gateway istio-ingress/wildcard, or take it out here.',
      ],
    },
    "one of two gateways that takes none of the hosts": {
      change: (stack) => {
        internal(stack);
        productpage(stack).gateways.push("istio-ingress/internal");
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: no server of Gateway istio-ingress/internal takes any of its hosts (bookinfo.example.com): this gateway answers 404 to all of them. Take Gateway istio-ingress/internal out of the list, or add the hosts to one of its servers.",
      ],
    },
    "a gateway beside the mesh that takes none of the hosts": {
      change: (stack) => {
        productpage(stack).gateways.push("mesh");
        productpage(stack).hosts = ["productpage"];
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: no server of Gateway istio-ingress/wildcard takes any of its hosts (productpage): this gateway answers 404 to all of them. Take Gateway istio-ingress/wildcard out of the list, or add the hosts to one of its servers.",
      ],
    },
  },
  keeps: {
    "hosts split over two gateways": (stack) => {
      internal(stack);
      productpage(stack).gateways.push("istio-ingress/internal");
      productpage(stack).hosts.push("bookinfo.corp.example.org");
    },
    "the namespace of the VirtualService before the host": (stack) => {
      for (const server of servers(stack)) server.hosts = ["bookinfo/*.example.com", "*/membership.example.com"];
    },
    "a host for the mesh beside one for the gateway": (stack) => {
      productpage(stack).gateways.push("mesh");
      productpage(stack).hosts.push("productpage");
    },
    "a host that a Gateway of others may take": (stack) => {
      productpage(stack).gateways.push("edge/public");
      productpage(stack).hosts.push("bookinfo.example.org");
    },
    "several labels below a wildcard, and capitals": (stack) => (productpage(stack).hosts = ["a.b.EXAMPLE.com"]),
  },
});
