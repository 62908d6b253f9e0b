import { routeDestination } from "../../../../policies/rules/mesh/route-destination";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

function destination(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].route[0].destination;
}

export default cases(routeDestination, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => (destination(stack).host = "review.bookinfo.svc.cluster.local"),
      finds: [
        'VirtualService bookinfo/reviews: no Service review exists in the namespace bookinfo, so every request to "review.bookinfo.svc.cluster.local" gets a 503. Did you mean reviews? If somebody else deploys it, name "Service bookinfo/review" under outside in the policies\' configuration.',
      ],
    },
    "a subset that its DestinationRule doesn't define": {
      change: (stack) => (destination(stack).subset = "v4"),
      finds: [
        'VirtualService bookinfo/reviews: subset "v4" of reviews.bookinfo is defined nowhere, so every request on this route gets a 503. Did you mean v1? Or define it in DestinationRule bookinfo/reviews.',
      ],
    },
    "a subset of a Service without a DestinationRule": {
      change: (stack) => Object.assign(destination(stack), { host: "details", subset: "v1" }),
      finds: [
        'VirtualService bookinfo/reviews: subset "v1" of details.bookinfo is defined nowhere, so every request on this route gets a 503. Define it in a DestinationRule for details.bookinfo.svc.cluster.local.',
      ],
    },
    "a mirror that leads nowhere": {
      change: (stack) =>
        (stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].mirror = { host: "revues" }),
      finds: [
        'VirtualService bookinfo/reviews: no Service revues exists in the namespace bookinfo, so every request to "revues" gets a 503. Did you mean reviews? If somebody else deploys it, name "Service bookinfo/revues" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "a short name in the rule's own namespace": (stack) => (destination(stack).host = "reviews"),
    "a Service in a namespace that others fill": (stack) =>
      (destination(stack).host = "points.loyalty.svc.cluster.local"),
    "a host outside the cluster": (stack) => {
      delete destination(stack).subset;
      destination(stack).host = "api.example.org";
    },
  },
});
