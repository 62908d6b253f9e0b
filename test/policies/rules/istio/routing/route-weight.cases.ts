import { routeWeight } from "../../../../../policies/rules/istio/routing/route-weight";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function canary(stack: StackDraft): Loose[] {
  return stack.object("VirtualService", "bookinfo", "reviews").spec.http[1].route;
}

export default cases(routeWeight, {
  breaks: {
    "weights of 95": {
      change: (stack) => (canary(stack)[0].weight = 75),
      finds: [
        "VirtualService bookinfo/reviews: the weights of the route #2 come to 95 (75 + 10 + 10): Istio splits in that proportion, so the shares are others than they say. Make them come to 100.",
      ],
    },
    "weights of 100 and one that is missing": {
      change: (stack) => {
        canary(stack)[0].weight = 50;
        delete canary(stack)[2].weight;
      },
      finds: [
        "VirtualService bookinfo/reviews: the weights of the route #2 come to 60 (50 + 10 + 0): Istio splits in that proportion, so the shares are others than they say. Give each destination a weight, 100 in all.",
      ],
    },
    "no weights at all": {
      change: (stack) => {
        for (const entry of canary(stack)) delete entry.weight;
      },
      finds: [
        "VirtualService bookinfo/reviews: the weights of the route #2 are all 0: Istio refuses the whole VirtualService. Give each destination a weight, 100 in all.",
      ],
    },
    "a single destination with a share": {
      change: (stack) => {
        canary(stack).splice(0, 2);
      },
      severity: "advisory",
      finds: [
        "VirtualService bookinfo/reviews: the route #2 has one destination with the weight 10, which gets all requests nonetheless. Take the weight out, or add the other destination.",
      ],
    },
    "weights of a TCP route": {
      change: (stack) =>
        (stack.object("VirtualService", "bookinfo", "reviews").spec.tcp = [
          {
            route: [
              { destination: { host: "reviews" }, weight: 1 },
              { destination: { host: "reviews" }, weight: 1 },
            ],
          },
        ]),
      finds: [
        "VirtualService bookinfo/reviews: the weights of the route #1 come to 2 (1 + 1): Istio splits in that proportion, so the shares are others than they say. Make them come to 100.",
      ],
    },
  },
  keeps: {
    "a destination that gets nothing yet": (stack) => {
      canary(stack)[0].weight = 90;
      canary(stack)[2].weight = 0;
    },
    "a single destination with all": (stack) => {
      canary(stack).splice(1, 2);
      canary(stack)[0].weight = 100;
    },
    "a redirect": (stack) => {
      stack.object("VirtualService", "bookinfo", "reviews").spec.http.unshift({
        match: [{ uri: { exact: "/old" } }],
        redirect: { uri: "/new" },
      });
    },
  },
});
