import { autoscaler } from "../../../../policies/rules/kubernetes/autoscaler";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add, details } from "./drafts";

function scaler(stack: StackDraft): Loose {
  return stack.object("HorizontalPodAutoscaler", "bookinfo", "details-v1").spec;
}

export default cases(autoscaler, {
  breaks: {
    "a target that isn't there": {
      change: (stack) => (scaler(stack).scaleTargetRef.name = "details-v2"),
      finds: [
        'HorizontalPodAutoscaler bookinfo/details-v1: there is no Deployment details-v2 in the namespace bookinfo: nothing is scaled. Did you mean details-v1? If somebody else deploys it, name "Deployment bookinfo/details-v2" under outside in the policies\' configuration.',
      ],
      severity: "mandatory",
    },
    "a target with another name altogether": {
      change: (stack) => (scaler(stack).scaleTargetRef.name = "web"),
      finds: [
        'HorizontalPodAutoscaler bookinfo/details-v1: there is no Deployment web in the namespace bookinfo: nothing is scaled. If somebody else deploys it, name "Deployment bookinfo/web" under outside in the policies\' configuration.',
      ],
    },
    "a range upside down": {
      change: (stack) => (scaler(stack).minReplicas = 5),
      finds: [
        "HorizontalPodAutoscaler bookinfo/details-v1: maxReplicas is 3, below minReplicas, 5: the API server refuses it. Set maxReplicas to what the highest load takes.",
      ],
      severity: "mandatory",
    },
    "no range at all": {
      change: (stack) => (scaler(stack).minReplicas = 3),
      finds: [
        "HorizontalPodAutoscaler bookinfo/details-v1: minReplicas and maxReplicas are both 3: it never scales anything. Set maxReplicas to what the highest load takes.",
      ],
      severity: "advisory",
    },
    "a Deployment that counts for itself": {
      change: (stack) => (details(stack).spec.replicas = 1),
      finds: [
        "HorizontalPodAutoscaler bookinfo/details-v1: Deployment details-v1 sets replicas itself: each deployment takes it back there, whatever the load. Leave spec.replicas out of Deployment details-v1.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "a target in a namespace that others fill": (stack) =>
      Object.assign(add(stack, { ...stack.object("HorizontalPodAutoscaler", "bookinfo", "details-v1") }), {
        metadata: { name: "members", namespace: "membership" },
      }),
    "a kind of others": (stack) => (scaler(stack).scaleTargetRef = { kind: "Rollout", name: "details" }),
  },
});
