import { routeDelegate } from "../../../../../policies/rules/istio/routing/route-delegate";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function delegate(stack: StackDraft, to: Loose): void {
  stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
    match: [{ uri: { prefix: "/details" } }],
    delegate: to,
  });
}

function add(stack: StackDraft, namespace: string, spec: Loose): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "details", namespace },
    spec: { http: [{ route: [{ destination: { host: "details.bookinfo.svc.cluster.local" } }] }], ...spec },
  } as Loose);
}

export default cases(routeDelegate, {
  breaks: {
    "a delegate that nobody makes": {
      change: (stack) => {
        delegate(stack, { name: "detail" });
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: no VirtualService detail exists in the namespace bookinfo to delegate to, so Istio drops the route and its requests get a 404. If somebody else makes it, name "VirtualService bookinfo/detail" under outside in the policies\' configuration.',
      ],
    },
    "a delegate with hosts": {
      change: (stack) => {
        delegate(stack, { name: "reviews", namespace: "bookinfo" });
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: VirtualService bookinfo/reviews has hosts of its own, and only one without hosts can be delegated to, so Istio drops the route and its requests get a 404. Take hosts and gateways out of VirtualService bookinfo/reviews.",
      ],
    },
    "a delegate that isn't exported": {
      change: (stack) => {
        add(stack, "membership", { exportTo: ["."] });
        delegate(stack, { name: "details", namespace: "membership" });
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: VirtualService membership/details is not exported to the namespace bookinfo, so Istio drops the route and its requests get a 404. Add "bookinfo" to exportTo of VirtualService membership/details.',
      ],
    },
    "a delegate that delegates": {
      change: (stack) => {
        add(stack, "bookinfo", { http: [{ delegate: { name: "more", namespace: "loyalty" } }] });
        delegate(stack, { name: "details" });
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: VirtualService bookinfo/details delegates further, which Istio doesn't follow, so Istio drops the route and its requests get a 404. Write the routes themselves into VirtualService bookinfo/details.",
      ],
    },
  },
  keeps: {
    "a delegate without hosts": (stack) => {
      add(stack, "membership", { exportTo: ["bookinfo"] });
      delegate(stack, { name: "details", namespace: "membership" });
    },
    "a delegate in a namespace that others fill": (stack) => {
      delegate(stack, { name: "points", namespace: "loyalty" });
    },
  },
});
