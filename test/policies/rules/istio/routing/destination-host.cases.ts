import { destinationHost } from "../../../../../policies/rules/istio/routing/destination-host";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function reviews(stack: StackDraft): Loose {
  return stack.object("DestinationRule", "bookinfo", "reviews").spec;
}

export default cases(destinationHost, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => (reviews(stack).host = "review"),
      finds: [
        'DestinationRule bookinfo/reviews: no Service review exists in the namespace bookinfo, so the rule does nothing. Did you mean reviews? If somebody else deploys it, name "Service bookinfo/review" under outside in the policies\' configuration.',
      ],
    },
    "half a name": {
      change: (stack) => (reviews(stack).host = "reviews.bookinfo"),
      finds: [
        'DestinationRule bookinfo/reviews: "reviews.bookinfo" is no Service to Istio, which completes names without a dot only, so the rule does nothing. Write reviews.bookinfo.svc.cluster.local.',
      ],
    },
  },
  keeps: {
    "a Service of others": (stack) => (reviews(stack).host = "points.loyalty.svc.cluster.local"),
    "a wildcard": (stack) => (reviews(stack).host = "*.bookinfo.svc.cluster.local"),
    "a host outside": (stack) => (reviews(stack).host = "api.example.org"),
  },
});
