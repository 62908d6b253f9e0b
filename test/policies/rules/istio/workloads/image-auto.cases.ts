import { imageAuto } from "../../../../../policies/rules/istio/workloads/image-auto";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { container, details, podsOf } from "../../kubernetes/drafts";

function setLabels(stack: StackDraft, namespace: string, labels: Readonly<Record<string, string>>): void {
  stack.object("Namespace", "default", namespace).metadata.labels = labels;
}

export default cases(imageAuto, {
  breaks: {
    "pods in a namespace that is off": {
      change: (stack) => {
        setLabels(stack, "bookinfo", { "istio-injection": "disabled" });
        details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "true";
        container(stack).image = "auto";
      },
      finds: [
        'Deployment bookinfo/details-v1: image "auto" stays as it is, because no sidecar webhook comes by: the pods never start. Label them sidecar.istio.io/inject: "true", in a namespace that isn\'t istio-injection: disabled.',
      ],
      severity: "mandatory",
    },
    "pods in a namespace without a label": {
      change: (stack) => {
        setLabels(stack, "bookinfo", {});
        container(stack).image = "auto";
      },
      finds: [
        'Deployment bookinfo/details-v1: image "auto" stays as it is, because no sidecar webhook comes by: the pods never start. Label them sidecar.istio.io/inject: "true", in a namespace that isn\'t istio-injection: disabled.',
      ],
    },
    "an annotation, which no webhook goes by": {
      change: (stack) => {
        setLabels(stack, "bookinfo", {});
        details(stack).spec.template.metadata.annotations = { "sidecar.istio.io/inject": "true" };
        container(stack).image = "auto";
      },
      finds: [
        'Deployment bookinfo/details-v1: image "auto" stays as it is, because no sidecar webhook comes by: the pods never start. Label them sidecar.istio.io/inject: "true", in a namespace that isn\'t istio-injection: disabled.',
      ],
    },
    "pods that opt out": {
      change: (stack) => {
        details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "false";
        container(stack).image = "auto";
      },
      finds: [
        'Deployment bookinfo/details-v1: image "auto" stays as it is, because no sidecar webhook comes by: the pods never start. Label them sidecar.istio.io/inject: "true", in a namespace that isn\'t istio-injection: disabled.',
      ],
    },
    "pods on their node's network": {
      change: (stack) => {
        podsOf(stack).hostNetwork = true;
        container(stack).image = "auto";
      },
      finds: [
        'Deployment bookinfo/details-v1: image "auto" stays as it is, because no sidecar webhook comes by: the pods never start. Label them sidecar.istio.io/inject: "true", in a namespace that isn\'t istio-injection: disabled.',
      ],
    },
    "the gateway's chart in a namespace that is off": {
      change: (stack) => setLabels(stack, "istio-ingress", { "istio-injection": "disabled" }),
      finds: [
        'Release istio-ingress/istio-ingress: its namespace istio-ingress is labelled istio-injection: disabled: no webhook fills in the image "auto", and the gateway never starts. Label the namespace istio-ingress istio-injection: enabled.',
      ],
    },
  },
  keeps: {
    "an injected namespace": (stack) => (container(stack).image = "auto"),
    "pods with the label, in a namespace without one": (stack) => {
      setLabels(stack, "bookinfo", {});
      details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "true";
      container(stack).image = "auto";
    },
    "pods with the label, in a namespace that is ambient": (stack) => {
      setLabels(stack, "bookinfo", { "istio.io/dataplane-mode": "ambient" });
      details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "true";
      container(stack).image = "auto";
    },
    "pods with a revision": (stack) => {
      setLabels(stack, "bookinfo", {});
      details(stack).spec.template.metadata.labels["istio.io/rev"] = "canary";
      container(stack).image = "auto";
    },
    "a namespace that istiod injects by default": (stack) => {
      setLabels(stack, "bookinfo", {});
      stack.values("istiod").sidecarInjectorWebhook = { enableNamespacesByDefault: true };
      container(stack).image = "auto";
    },
    "a namespace of others": (stack) => {
      container(stack).image = "auto";
      stack.remove("Namespace", "bookinfo");
    },
    "the gateway's chart in a namespace without a label: it labels its pods": (stack) =>
      setLabels(stack, "istio-ingress", {}),
    "another chart in a namespace that is off": (stack) => {
      setLabels(stack, "bookinfo", { "istio-injection": "disabled" });
      stack.addResource("kubernetes:helm.sh/v3:Release", "own", { namespace: "bookinfo", chart: "own-gateway" });
    },
  },
});
