import { destinationOnce } from "../../../../../policies/rules/istio/routing/destination-once";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function add(stack: StackDraft, spec: Loose, namespace = "bookinfo"): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "second", namespace },
    spec: { host: "reviews.bookinfo.svc.cluster.local", ...spec },
  } as Loose);
}

const v1 = { name: "v1", labels: { version: "v1" } };

export default cases(destinationOnce, {
  breaks: {
    "a subset in two DestinationRules": {
      change: (stack) => {
        add(stack, { host: "reviews", subsets: [v1] });
      },
      finds: [
        'DestinationRule bookinfo/reviews: DestinationRule bookinfo/second defines the subset "v1" of the same host too: Istio drops the newer one. Define each subset once.',
        'DestinationRule bookinfo/second: DestinationRule bookinfo/reviews defines the subset "v1" of the same host too: Istio drops the newer one. Define each subset once.',
      ],
    },
    "a traffic policy in two": {
      change: (stack) => {
        add(stack, { trafficPolicy: { loadBalancer: { simple: "RANDOM" } } });
      },
      finds: [
        "DestinationRule bookinfo/reviews: DestinationRule bookinfo/second has a trafficPolicy for the same host too: Istio takes that of the older one and drops the other. Put both into one DestinationRule.",
        "DestinationRule bookinfo/second: DestinationRule bookinfo/reviews has a trafficPolicy for the same host too: Istio takes that of the older one and drops the other. Put both into one DestinationRule.",
      ],
    },
    "a subset twice in one": {
      change: (stack) => stack.object("DestinationRule", "bookinfo", "reviews").spec.subsets.push(v1),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" is defined twice: Istio refuses the DestinationRule. Rename one of them, or take it out.',
      ],
    },
  },
  keeps: {
    "one that is written twice, of which another rule tells": (stack) => {
      add(stack, { host: "ratings", subsets: [v1] });
      add(stack, { host: "ratings", subsets: [v1] });
    },
    "other subsets": (stack) => {
      add(stack, { subsets: [{ name: "v4", labels: { version: "v4" } }] });
    },
    "another namespace, whose clients it is for": (stack) => {
      add(stack, { subsets: [v1], trafficPolicy: {} }, "membership");
    },
    "clients of its own": (stack) => {
      add(stack, { subsets: [v1], workloadSelector: { matchLabels: { app: "productpage" } } });
    },
    "another host": (stack) => {
      add(stack, { host: "details", subsets: [v1] });
    },
  },
});
