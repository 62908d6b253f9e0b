import { drain } from "../../../../policies/rules/kubernetes/drain";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { addBudget, addDaemonSet, addShop } from "./drafts";

function budget(stack: StackDraft): Loose {
  return stack.object("PodDisruptionBudget", "bookinfo", "productpage-v1").spec;
}

function keep(stack: StackDraft, minAvailable: number | string): void {
  delete budget(stack).maxUnavailable;
  budget(stack).minAvailable = minAvailable;
}

export default cases(drain, {
  breaks: {
    "a budget that spares none": {
      change: (stack) => (budget(stack).maxUnavailable = 0),
      finds: [
        "PodDisruptionBudget bookinfo/productpage-v1: maxUnavailable is 0: no pod may ever be moved, so no node below them can be drained. Set it to 1.",
      ],
      severity: "mandatory",
    },
    "a budget that spares 0%": {
      change: (stack) => (budget(stack).maxUnavailable = "0%"),
      finds: [
        "PodDisruptionBudget bookinfo/productpage-v1: maxUnavailable is 0%: no pod may ever be moved, so no node below them can be drained. Set it to 1.",
      ],
    },
    "a budget that keeps 100%": {
      change: (stack) => keep(stack, "100%"),
      finds: [
        "PodDisruptionBudget bookinfo/productpage-v1: minAvailable is 100%: no pod may ever be moved, so no node below them can be drained. Write maxUnavailable: 1 instead.",
      ],
    },
    "a budget that keeps as many as the autoscaler may leave": {
      change: (stack) => keep(stack, 2),
      finds: [
        "PodDisruptionBudget bookinfo/productpage-v1: minAvailable is 2, and there may be 2 pods: none of them may be moved then, so no node below them can be drained. Write maxUnavailable: 1 instead, or run more pods.",
      ],
    },
    "a budget that keeps the only pod": {
      change: (stack) => {
        addShop(stack).spec.replicas = 1;
        addBudget(stack, { maxUnavailable: undefined, minAvailable: 1 });
      },
      finds: [
        "PodDisruptionBudget shop/cart: minAvailable is 1, and there may be 1 pod: none of them may be moved then, so no node below them can be drained. Write maxUnavailable: 1 instead, or run more pods.",
      ],
    },
  },
  keeps: {
    "one pod less than there are": (stack) => keep(stack, 1),
    "pods of two Deployments together": (stack) => {
      keep(stack, 3);
      budget(stack).selector.matchLabels = { app: "reviews" };
      for (const version of ["v1", "v2"])
        stack.object("HorizontalPodAutoscaler", "bookinfo", `reviews-${version}`).spec.minReplicas = 2;
    },
    "a part in percent": (stack) => keep(stack, "50%"),
    "pods that others deploy": (stack) => {
      keep(stack, 5);
      budget(stack).selector.matchLabels = { app: "elsewhere" };
    },
    "pods that an expression selects": (stack) => {
      keep(stack, 5);
      budget(stack).selector.matchExpressions = [{ key: "app", operator: "Exists" }];
    },
    "pods on each node, however many those are": (stack) => {
      keep(stack, 5);
      addDaemonSet(stack, "bookinfo", "agent");
      budget(stack).selector.matchLabels = { app: "agent" };
    },
  },
});
