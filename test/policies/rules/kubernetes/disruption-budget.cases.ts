import { disruptionBudget } from "../../../../policies/rules/kubernetes/disruption-budget";
import { cases } from "../../cases";
import { addBudget, addRenderedIstiod, addScaler, addShop } from "./drafts";

export default cases(disruptionBudget, {
  breaks: {
    "three pods without a budget, in production": {
      change: (stack) => void addShop(stack),
      finds: [
        "Deployment shop/cart: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Add a PodDisruptionBudget with maxUnavailable: 1 for its labels.",
      ],
      severity: "mandatory",
      sample: "prod",
    },
    "the same elsewhere": {
      change: (stack) => void addShop(stack),
      finds: [
        "Deployment shop/cart: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Add a PodDisruptionBudget with maxUnavailable: 1 for its labels.",
      ],
      severity: "advisory",
    },
    "a budget for other pods, and one in another namespace": {
      change: (stack) => {
        addShop(stack);
        addBudget(stack, { selector: { matchLabels: { app: "cart", version: "v2" } } });
        addBudget(stack, {}).metadata.namespace = "other";
      },
      finds: [
        "Deployment shop/cart: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Add a PodDisruptionBudget with maxUnavailable: 1 for its labels.",
      ],
    },
    "an autoscaler that keeps two": {
      change: (stack) => {
        delete addShop(stack).spec.replicas;
        addScaler(stack, { minReplicas: 2, maxReplicas: 9 });
      },
      finds: [
        "Deployment shop/cart: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Add a PodDisruptionBudget with maxUnavailable: 1 for its labels.",
      ],
    },
  },
  keeps: {
    "what a chart makes, whose values are judged": (stack) => addRenderedIstiod(stack),
    "a budget for all versions": (stack) => {
      addShop(stack);
      addBudget(stack, {});
    },
    "a single pod, which no budget could spare": (stack) => (addShop(stack).spec.replicas = 1),
    "a worker, which no Service leads to": (stack) =>
      (addShop(stack).spec.template.metadata.labels = { app: "worker" }),
  },
});
