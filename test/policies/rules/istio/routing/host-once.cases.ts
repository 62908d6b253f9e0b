import { hostOnce } from "../../../../../policies/rules/istio/routing/host-once";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function add(stack: StackDraft, name: string, namespace: string, spec: Loose): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name, namespace },
    spec,
  } as Loose);
}

const route = [{ destination: { host: "details.bookinfo.svc.cluster.local" } }];

export default cases(hostOnce, {
  breaks: {
    "a second VirtualService of a host in the mesh": {
      change: (stack) => {
        add(stack, "reviews-too", "bookinfo", { hosts: ["reviews"], http: [{ route }] });
      },
      finds: [
        'VirtualService bookinfo/reviews: VirtualService bookinfo/reviews-too has the host "reviews.bookinfo.svc.cluster.local" in the mesh too: Istio takes the oldest and silently drops the rest. Put the routes into one VirtualService, or narrow exportTo so that no namespace sees both.',
        'VirtualService bookinfo/reviews-too: VirtualService bookinfo/reviews has the host "reviews.bookinfo.svc.cluster.local" in the mesh too: Istio takes the oldest and silently drops the rest. Put the routes into one VirtualService, or narrow exportTo so that no namespace sees both.',
      ],
    },
    "two that meet in one namespace": {
      change: (stack) => {
        stack.object("VirtualService", "bookinfo", "reviews").spec.exportTo = [".", "membership"];
        add(stack, "theirs", "membership", {
          hosts: ["reviews.bookinfo.svc.cluster.local"],
          gateways: ["mesh"],
          exportTo: ["."],
          http: [{ route }],
        });
      },
      finds: [
        'VirtualService bookinfo/reviews: VirtualService membership/theirs has the host "reviews.bookinfo.svc.cluster.local" in the mesh too: Istio takes the oldest and silently drops the rest. Put the routes into one VirtualService, or narrow exportTo so that no namespace sees both.',
        'VirtualService membership/theirs: VirtualService bookinfo/reviews has the host "reviews.bookinfo.svc.cluster.local" in the mesh too: Istio takes the oldest and silently drops the rest. Put the routes into one VirtualService, or narrow exportTo so that no namespace sees both.',
      ],
    },
    "two that take all the rest of a host on a Gateway": {
      change: (stack) => {
        add(stack, "too", "bookinfo", {
          hosts: ["bookinfo.example.com"],
          gateways: ["istio-ingress/wildcard"],
          http: [{ match: [{ uri: { prefix: "/" } }], route }],
        });
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: VirtualService bookinfo/too has the same host on the same Gateway, and both take every request that no other route does: which of them a request takes depends on which is older. Put the routes into one VirtualService, in the order that is meant.",
        "VirtualService bookinfo/too: VirtualService bookinfo/productpage.ingress has the same host on the same Gateway, and both take every request that no other route does: which of them a request takes depends on which is older. Put the routes into one VirtualService, in the order that is meant.",
      ],
    },
    "two that take the same path of a host on a Gateway": {
      change: (stack) => {
        add(stack, "too", "bookinfo", {
          hosts: ["membership.example.com"],
          gateways: ["istio-ingress/wildcard"],
          http: [{ match: [{ uri: { prefix: "/api/points" } }], route }],
        });
      },
      finds: [
        'VirtualService membership/membership.ingress: VirtualService bookinfo/too has the same host on the same Gateway, and both take uri prefix "/api/points": which of them a request takes depends on which is older. Put the routes into one VirtualService, in the order that is meant.',
        'VirtualService bookinfo/too: VirtualService membership/membership.ingress has the same host on the same Gateway, and both take uri prefix "/api/points": which of them a request takes depends on which is older. Put the routes into one VirtualService, in the order that is meant.',
      ],
    },
  },
  keeps: {
    "one that is written twice, of which another rule tells": (stack) => {
      add(stack, "twice", "bookinfo", { hosts: ["ratings"], http: [{ route }] });
      add(stack, "twice", "bookinfo", { hosts: ["ratings"], http: [{ route }] });
    },
    "two on a Gateway with paths of their own": (stack) => {
      add(stack, "too", "bookinfo", {
        hosts: ["bookinfo.example.com"],
        gateways: ["istio-ingress/wildcard"],
        http: [{ match: [{ uri: { prefix: "/details" } }], route }],
      });
    },
    "the same host in the mesh and on a Gateway": (stack) => {
      add(stack, "too", "bookinfo", { hosts: ["bookinfo.example.com"], http: [{ route }] });
    },
    "two that no namespace sees both of": (stack) => {
      stack.object("VirtualService", "bookinfo", "reviews").spec.exportTo = ["."];
      add(stack, "theirs", "membership", {
        hosts: ["reviews.bookinfo.svc.cluster.local"],
        exportTo: ["."],
        http: [{ route }],
      });
    },
    "the same host on a Gateway that takes one of them only": (stack) => {
      for (const server of stack.object("Gateway", "istio-ingress", "wildcard").spec.servers)
        server.hosts = ["bookinfo/*.example.com"];
      add(stack, "theirs", "membership", {
        hosts: ["bookinfo.example.com"],
        gateways: ["istio-ingress/wildcard"],
        http: [{ route }],
      });
    },
    "a wildcard beside one of its hosts: the closer one goes first": (stack) => {
      add(stack, "all", "bookinfo", { hosts: ["*.bookinfo.svc.cluster.local"], http: [{ route }] });
    },
  },
});
