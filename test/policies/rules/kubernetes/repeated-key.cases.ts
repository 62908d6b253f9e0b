import type { ResourceData } from "../../../../policies/engine/resource";
import { repeatedKey } from "../../../../policies/rules/kubernetes/repeated-key";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

/** Says of the Service details that a key was read twice. */
function repeat(stack: StackDraft, isSame: boolean): void {
  stack.resources = stack.resources.map((one): ResourceData => {
    const { kind, metadata } = one.properties as { kind?: string; metadata?: { name?: string } };
    const isIt = kind === "Service" && metadata?.name === "details";
    return isIt ? { ...one, repeated: [{ path: ["spec", "selector", "app"], isSame }] } : one;
  });
}

export default cases(repeatedKey, {
  breaks: {
    "a key with two values": {
      change: (stack) => repeat(stack, false),
      finds: [
        "Service bookinfo/details: spec.selector.app stands there twice: kubectl apply takes the last one, and what stands before it is lost. Keep one of them.",
      ],
      severity: "mandatory",
    },
    "a key with one value twice": {
      change: (stack) => repeat(stack, true),
      finds: [
        "Service bookinfo/details: spec.selector.app stands there twice, with the same value: Kustomize refuses the file. Keep one of them.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "a key in each of two maps": (stack) => (stack.object("Service", "bookinfo", "details").spec.extra = { app: "a" }),
  },
});
