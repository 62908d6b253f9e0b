import { routeIngress } from "../../../../../policies/rules/istio/routing/route-ingress";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function publish(stack: StackDraft, destination: Loose): void {
  stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
    match: [{ uri: { prefix: "/reviews" } }],
    route: [{ destination }],
  });
}

export default cases(routeIngress, {
  breaks: {
    "a host behind a gateway that the mesh splits": {
      change: (stack) => {
        publish(stack, { host: "reviews.bookinfo.svc.cluster.local" });
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: leads to reviews.bookinfo.svc.cluster.local without a subset, while VirtualService bookinfo/reviews splits it by subsets in the mesh: requests through the gateway ignore that split. Repeat the routes of VirtualService bookinfo/reviews here.",
      ],
    },
  },
  keeps: {
    "a subset, behind the gateway too": (stack) => {
      publish(stack, { host: "reviews", subset: "v1" });
    },
    "a host that the mesh doesn't split": (stack) => {
      publish(stack, { host: "details" });
    },
  },
});
