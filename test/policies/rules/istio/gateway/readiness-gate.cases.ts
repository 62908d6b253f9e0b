import { readinessGate } from "../../../../../policies/rules/istio/gateway/readiness-gate";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { annotate, urnOf, waitFor } from "../../edge/objects";

const here = "Service istio-ingress/istio-ingress:";
const label = "elbv2.k8s.aws/pod-readiness-gate-inject";

function forget(stack: StackDraft): void {
  const urn = urnOf(stack, "kubernetes:core/v1:Service", "eks-istio-dev-istio-ingress/istio-ingress");
  waitFor(stack, "eks-istio-dev-istio-ingress/istio-ingress", (urns) => urns.filter((one) => one !== urn));
}

function namespace(stack: StackDraft) {
  return stack.object("Namespace", "default", "istio-ingress");
}

export default cases(readinessGate, {
  breaks: {
    "a namespace without the label": {
      change: (stack) => Reflect.deleteProperty(namespace(stack).metadata.labels as object, label),
      finds: [
        `${here} the namespace istio-ingress lacks the label ${label}: enabled, so pods count as ready before the load balancer sends them anything, and a rollout leaves nobody to serve. Label the namespace ${label}: enabled.`,
      ],
      severity: "advisory",
    },
    "pods that don't wait for the Service": {
      change: forget,
      finds: [
        `${here} Release istio-ingress/istio-ingress doesn't wait for it: pods that are made before it never get a readiness gate, and rollouts don't wait for the load balancer. Add this Service to the dependsOn of Release istio-ingress/istio-ingress.`,
      ],
    },
  },
  keeps: {
    "node ports": (stack) => {
      annotate(stack, { "nlb-target-type": "instance" });
      namespace(stack).metadata.labels = {};
    },
    "a namespace that others make": (stack) => stack.remove("Namespace", "istio-ingress"),
  },
});
