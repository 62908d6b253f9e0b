import { injectionLabels } from "../../../../../policies/rules/istio/workloads/injection-labels";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { details } from "../../kubernetes/drafts";

function labels(stack: StackDraft): Loose {
  return stack.object("Namespace", "default", "bookinfo").metadata.labels;
}

function setLabels(stack: StackDraft, labels: Readonly<Record<string, string>>): void {
  stack.object("Namespace", "default", "bookinfo").metadata.labels = labels;
}

function pods(stack: StackDraft): Loose {
  return details(stack).spec.template.metadata;
}

export default cases(injectionLabels, {
  breaks: {
    "both labels of a namespace": {
      change: (stack) => (labels(stack)["istio.io/rev"] = "canary"),
      finds: [
        "Namespace bookinfo: has istio-injection=enabled and istio.io/rev=canary: istio-injection counts, and the rest is silently ignored. Keep one of them.",
      ],
      severity: "mandatory",
    },
    "sidecars and the ambient mode": {
      change: (stack) => setLabels(stack, { "istio.io/rev": "canary", "istio.io/dataplane-mode": "ambient" }),
      finds: [
        "Namespace bookinfo: has istio.io/rev=canary and istio.io/dataplane-mode=ambient: its pods would be in both data planes. Keep one of them.",
      ],
    },
    "a namespace's value that Istio doesn't know": {
      change: (stack) => (labels(stack)["istio-injection"] = "true"),
      finds: [
        'Namespace bookinfo: istio-injection is "true", which Istio doesn\'t know: its pods get no sidecar. Write "enabled" or "disabled".',
      ],
    },
    "a pod's value that Istio doesn't know": {
      change: (stack) => (pods(stack).labels["sidecar.istio.io/inject"] = "yes"),
      finds: [
        'Deployment bookinfo/details-v1: sidecar.istio.io/inject is "yes", which Istio doesn\'t know and passes over. Write "true" or "false".',
      ],
    },
    "a label and an annotation that contradict each other": {
      change: (stack) => {
        pods(stack).labels["sidecar.istio.io/inject"] = "true";
        pods(stack).annotations = { "sidecar.istio.io/inject": "false" };
      },
      finds: [
        'Deployment bookinfo/details-v1: its pods have the label sidecar.istio.io/inject: "true" and the annotation sidecar.istio.io/inject: "false": the label counts. Take the annotation out; Istio has given it up.',
      ],
    },
  },
  keeps: {
    "a revision alone": (stack) => setLabels(stack, { "istio.io/rev": "canary" }),
    "the ambient mode without sidecars": (stack) =>
      setLabels(stack, { "istio-injection": "disabled", "istio.io/dataplane-mode": "ambient" }),
    "a revision in a namespace that gets no sidecars": (stack) =>
      setLabels(stack, { "istio-injection": "disabled", "istio.io/rev": "canary" }),
    "a revision of the ambient mode, without sidecars": (stack) =>
      setLabels(stack, {
        "istio-injection": "disabled",
        "istio.io/rev": "canary",
        "istio.io/dataplane-mode": "ambient",
      }),
    "sidecars and no other data plane": (stack) => (labels(stack)["istio.io/dataplane-mode"] = "none"),
    "a label and an annotation that agree": (stack) => {
      pods(stack).labels["sidecar.istio.io/inject"] = "false";
      pods(stack).annotations = { "sidecar.istio.io/inject": "false" };
    },
  },
});
