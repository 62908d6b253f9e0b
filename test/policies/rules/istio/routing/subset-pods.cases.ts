import { subsetPods } from "../../../../../policies/rules/istio/routing/subset-pods";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function subset(stack: StackDraft): Loose {
  return stack.object("DestinationRule", "bookinfo", "reviews").spec.subsets[0];
}

export default cases(subsetPods, {
  breaks: {
    "a version that no pods have": {
      change: (stack) => (subset(stack).labels.version = "v9"),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" selects no pods (version=v9): every request that a route sends to it gets a 503. The pods of Service bookinfo/reviews carry version=v1; version=v2; version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a label that no pods have": {
      change: (stack) => (subset(stack).labels = { track: "stable" }),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" selects no pods (track=stable): every request that a route sends to it gets a 503. The pods of Service bookinfo/reviews carry app=reviews, version=v1; app=reviews, version=v2; app=reviews, version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "pods of another Service": {
      change: (stack) => (subset(stack).labels.app = "details"),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" selects no pods (app=details, version=v1): every request that a route sends to it gets a 503. The pods of Service bookinfo/reviews carry app=reviews, version=v1; app=reviews, version=v2; app=reviews, version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a version that no route leads to yet": {
      change: (stack) =>
        stack
          .object("DestinationRule", "bookinfo", "reviews")
          .spec.subsets.push({ name: "v4", labels: { version: "v4" } }),
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: subset "v4" selects no pods (version=v4): every request that a route sends to it would get a 503. The pods of Service bookinfo/reviews carry version=v1; version=v2; version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "no labels": {
      change: (stack) => delete subset(stack).labels,
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" has no labels, so it is all pods of the host: a route to it chooses no version. Add the version\'s labels, or route to the host without a subset.',
      ],
    },
  },
  keeps: {
    "a zone": (stack) => (subset(stack).labels["topology.kubernetes.io/zone"] = "a"),
    "pods that others deploy": (stack) => {
      stack.remove("Deployment");
      subset(stack).labels.version = "v9";
    },
    "pods of a StatefulSet, and of Argo's Rollout": (stack) => {
      for (const [kind, version] of [
        ["StatefulSet", "v9"],
        ["Rollout", "v8"],
      ] as const)
        stack.add({
          apiVersion: kind === "Rollout" ? "argoproj.io/v1alpha1" : "apps/v1",
          kind,
          metadata: { name: `reviews-${version}`, namespace: "bookinfo" },
          spec: {
            template: {
              metadata: { labels: { app: "reviews", version } },
              spec: { containers: [{ name: "reviews" }] },
            },
          },
        } as Loose);
      subset(stack).labels.version = "v9";
      stack.object("DestinationRule", "bookinfo", "reviews").spec.subsets[1].labels.version = "v8";
    },
    "a Service of others": (stack) =>
      (stack.object("DestinationRule", "bookinfo", "reviews").spec.host = "points.loyalty.svc.cluster.local"),
  },
});
