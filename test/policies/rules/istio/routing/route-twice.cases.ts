import { routeTwice } from "../../../../../policies/rules/istio/routing/route-twice";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function canary(stack: StackDraft): Loose[] {
  return stack.object("VirtualService", "bookinfo", "reviews").spec.http[1].route;
}

export default cases(routeTwice, {
  breaks: {
    "a subset twice": {
      change: (stack) => (canary(stack)[2].destination.subset = "v2"),
      finds: [
        'VirtualService bookinfo/reviews: the route #2 leads to the subset "v2" of reviews.bookinfo.svc.cluster.local twice: its share is the sum of both weights. Put both weights into one entry, or name the subset that was meant.',
      ],
    },
    "a Service twice, by its short name": {
      change: (stack) => {
        canary(stack)[0].destination = { host: "details" };
        canary(stack)[1].destination = { host: "details.bookinfo.svc.cluster.local" };
      },
      finds: [
        "VirtualService bookinfo/reviews: the route #2 leads to details.bookinfo.svc.cluster.local twice: its share is the sum of both weights. Put both weights into one entry, or name the subset that was meant.",
      ],
    },
  },
  keeps: {
    "two ports of a Service": (stack) => {
      canary(stack)[0].destination = { host: "details", port: { number: 9080 } };
      canary(stack)[1].destination = { host: "details", port: { number: 9081 } };
    },
  },
});
