import { destinationHost } from "../../../../../policies/rules/istio/routing/destination-host";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

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
    "a pod behind a Service": {
      change: (stack) => (reviews(stack).host = "reviews-0.reviews.bookinfo.svc.cluster.local"),
      severity: "mandatory",
      finds: [
        'DestinationRule bookinfo/reviews: "reviews-0.reviews.bookinfo.svc.cluster.local" is a pod\'s name in DNS, and no host to Istio, which knows Service bookinfo/reviews only, so the rule does nothing. Write reviews.bookinfo.svc.cluster.local. If somebody else makes a ServiceEntry for pods\' names, name "ServiceEntry bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "all pods behind a Service": {
      change: (stack) => (reviews(stack).host = "*.reviews.bookinfo.svc.cluster.local"),
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: "*.reviews.bookinfo.svc.cluster.local" fits no Service, whose names have no dot, so the rule does nothing: pods behind a Service have no names to Istio. Write reviews.bookinfo.svc.cluster.local. If somebody else makes a ServiceEntry for pods\' names, name "ServiceEntry bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a pattern that no Service fits": {
      change: (stack) => (reviews(stack).host = "*-db.bookinfo.svc.cluster.local"),
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: "*-db.bookinfo.svc.cluster.local" fits no Service of the namespace bookinfo, so the rule does nothing. Write a pattern that fits, or *.bookinfo.svc.cluster.local for all. If somebody else deploys such Services, name "Service bookinfo/*-db" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "a pattern that Services fit": (stack) => (reviews(stack).host = "*views.bookinfo.svc.cluster.local"),
    "a pattern of others' Services": (stack) => (reviews(stack).host = "*-db.loyalty.svc.cluster.local"),
    "all Services": (stack) => (reviews(stack).host = "*.svc.cluster.local"),
    "a pod that a ServiceEntry names, and all of them": (stack) => {
      const [host] = ["reviews-0.reviews.bookinfo.svc.cluster.local"];
      adding("ServiceEntry")(stack, { hosts: [host], ports: [{ number: 9080, name: "http", protocol: "HTTP" }] });
      adding("DestinationRule")(stack, { host });
      reviews(stack).host = "*.reviews.bookinfo.svc.cluster.local";
    },
    "a pod of others": (stack) => (reviews(stack).host = "points-0.points.loyalty.svc.cluster.local"),
    "a Service of others": (stack) => (reviews(stack).host = "points.loyalty.svc.cluster.local"),
    "a wildcard": (stack) => (reviews(stack).host = "*.bookinfo.svc.cluster.local"),
    "a host outside": (stack) => (reviews(stack).host = "api.example.org"),
  },
});
