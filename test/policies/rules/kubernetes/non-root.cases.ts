import { nonRoot } from "../../../../policies/rules/kubernetes/non-root";
import { cases } from "../../cases";
import { addShop, container, podsOf } from "./drafts";

export default cases(nonRoot, {
  breaks: {
    "nothing that forbids root": {
      change: (stack) => delete podsOf(stack).securityContext,
      finds: [
        "Deployment bookinfo/details-v1: container details runs as root if its image says so, and most images do: nothing here forbids it. Set runAsNonRoot: true in its securityContext or its pod's, with a runAsUser if the image names none.",
      ],
      severity: "advisory",
    },
    "the same in production": {
      change: (stack) => void addShop(stack),
      finds: [
        "Deployment shop/cart: container cart runs as root if its image says so, and most images do: nothing here forbids it. Set runAsNonRoot: true in its securityContext or its pod's, with a runAsUser if the image names none.",
      ],
      severity: "mandatory",
      sample: "prod",
    },
    "a container that takes back what its pod says": {
      change: (stack) => {
        delete podsOf(stack).securityContext.runAsUser;
        container(stack).securityContext.runAsNonRoot = false;
      },
      finds: [
        "Deployment bookinfo/details-v1: container details runs as root if its image says so, and most images do: nothing here forbids it. Set runAsNonRoot: true in its securityContext or its pod's, with a runAsUser if the image names none.",
      ],
    },
    "a container that is root, against its pod": {
      change: (stack) => (container(stack).securityContext.runAsUser = 0),
      finds: [
        "Deployment bookinfo/details-v1: container details runs as root: one hole in the kernel or the runtime, and its intruder has the node. Give it a runAsUser above 0, and write its files where that user may.",
      ],
    },
  },
  keeps: {
    "the container's own word instead of its pod's": (stack) => {
      delete podsOf(stack).securityContext;
      container(stack).securityContext.runAsNonRoot = true;
    },
    "a user with a number": (stack) => (podsOf(stack).securityContext = { runAsUser: 1000 }),
    "a container that isn't root in pods that are": (stack) => {
      podsOf(stack).securityContext.runAsUser = 0;
      container(stack).securityContext.runAsUser = 1000;
    },
  },
});
