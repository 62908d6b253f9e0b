import { memoryLimit } from "../../../../policies/rules/kubernetes/memory-limit";
import { cases } from "../../cases";
import { add, container, podsOf } from "./drafts";

export default cases(memoryLimit, {
  breaks: {
    "no limits": {
      change: (stack) => delete container(stack).resources.limits,
      finds: [
        "Deployment bookinfo/details-v1: container details has no memory limit: a leak takes the memory of its whole node, and the kernel kills its neighbours. Set its resources.limits.memory above what it takes under its highest load.",
      ],
      severity: "mandatory",
    },
    "a limit for the CPU only": {
      change: (stack) => (container(stack).resources.limits = { cpu: "1" }),
      finds: [
        "Deployment bookinfo/details-v1: container details has no memory limit: a leak takes the memory of its whole node, and the kernel kills its neighbours. Set its resources.limits.memory above what it takes under its highest load.",
      ],
    },
  },
  keeps: {
    "a limit of the pod as a whole": (stack) => {
      delete container(stack).resources.limits;
      podsOf(stack).resources = { limits: { memory: "1Gi" } };
    },
    "a LimitRange that fills it in": (stack) => {
      delete container(stack).resources;
      add(stack, { apiVersion: "v1", kind: "LimitRange", metadata: { name: "all", namespace: "bookinfo" } });
    },
  },
});
