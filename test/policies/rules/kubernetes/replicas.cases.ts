import { replicas } from "../../../../policies/rules/kubernetes/replicas";
import { cases } from "../../cases";
import { addRenderedIstiod, addScaler, addShop } from "./drafts";

export default cases(replicas, {
  breaks: {
    "one replica": {
      change: (stack) => (addShop(stack).spec.replicas = 1),
      finds: [
        "Deployment shop/cart: may run a single pod: its Service answers nothing while that pod's node is drained or lost. Set spec.replicas to 2 or more.",
      ],
      severity: "mandatory",
    },
    "no number, which is one": {
      change: (stack) => delete addShop(stack).spec.replicas,
      finds: [
        "Deployment shop/cart: may run a single pod: its Service answers nothing while that pod's node is drained or lost. Set spec.replicas to 2 or more.",
      ],
    },
    "an autoscaler that goes down to one": {
      change: (stack) => {
        addShop(stack);
        addScaler(stack, { minReplicas: 1, maxReplicas: 9 });
      },
      finds: [
        "Deployment shop/cart: may run a single pod: its Service answers nothing while that pod's node is drained or lost. Set its autoscaler's minReplicas to 2 or more.",
      ],
    },
  },
  keeps: {
    "what a chart makes, whose values are judged": (stack) => addRenderedIstiod(stack, 1),
    "two replicas": (stack) => (addShop(stack).spec.replicas = 2),
    "an autoscaler that keeps two": (stack) => {
      addShop(stack).spec.replicas = 1;
      addScaler(stack, { minReplicas: 2, maxReplicas: 9 });
    },
    "an application that is switched off": (stack) => (addShop(stack).spec.replicas = 0),
    "a worker, which no Service leads to": (stack) => {
      const shop = addShop(stack);
      shop.spec.replicas = 1;
      shop.spec.template.metadata.labels.app = "worker";
    },
  },
});
