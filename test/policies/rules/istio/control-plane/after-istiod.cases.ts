import { afterIstiod } from "../../../../../policies/rules/istio/control-plane/after-istiod";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { urnOf, waitFor } from "../../edge/objects";

const release = "Release istio-system/istiod";

function istiod(stack: StackDraft): string {
  return stack.resources.find(({ properties }) => properties.chart === "istiod")?.urn ?? "";
}

function forget(stack: StackDraft, name: string): void {
  const urn = istiod(stack);
  waitFor(stack, name, (urns) => urns.filter((one) => one !== urn));
}

export default cases(afterIstiod, {
  breaks: {
    "a gateway": {
      change: (stack) => forget(stack, "eks-istio-dev-istio-ingress/istio-ingress"),
      finds: [
        `Release istio-ingress/istio-ingress: doesn't wait for ${release}: its pods may start before there is a webhook, and hang on the image "auto". Add ${release} to its dependsOn.`,
      ],
    },
    "one of Istio's objects": {
      change: (stack) => forget(stack, "eks-istio-dev-mesh-mtls"),
      finds: [
        `PeerAuthentication istio-system/default: doesn't wait for ${release}: it may come before its kind is known or the validation webhook answers, and the deployment fails. Add ${release} to its dependsOn.`,
      ],
    },
    "a workload with a sidecar": {
      change: (stack) => waitFor(stack, "details-v1", () => []),
      finds: [
        `Deployment bookinfo/details-v1: doesn't wait for ${release}: its pods may start before there is a webhook, without a sidecar. Add ${release} to its dependsOn.`,
      ],
    },
    "a workload that asks for a sidecar itself": {
      change: (stack) => {
        stack.object("Namespace", "default", "bookinfo").metadata.labels = {};
        stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
          "true";
        waitFor(stack, "details-v1", () => []);
      },
      finds: [
        `Deployment bookinfo/details-v1: doesn't wait for ${release}: its pods may start before there is a webhook, without a sidecar. Add ${release} to its dependsOn.`,
      ],
    },
    "a job with a sidecar": {
      change: (stack) => {
        const { metadata, spec } = stack.object("Deployment", "bookinfo", "details-v1");
        stack.add({
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { ...metadata, name: "seed" },
          spec: { template: spec.template },
        } as Loose);
      },
      finds: [
        `Job bookinfo/seed: doesn't wait for ${release}: its pods may start before there is a webhook, without a sidecar. Add ${release} to its dependsOn.`,
      ],
    },
    "a release that isn't waited for": {
      change: (stack) =>
        ((
          stack.resources.find(({ properties }) => properties.chart === "istiod")!.properties as Record<string, unknown>
        ).skipAwait = true),
      finds: [
        `${release}: counts as done before it serves, and what depends on it starts too early. Take skipAwait out.`,
      ],
    },
  },
  keeps: {
    "a way over another resource": (stack) => {
      const gateway = urnOf(stack, "kubernetes:networking.istio.io/v1:Gateway");
      waitFor(stack, "productpage.ingress", () => [gateway]);
    },
    "a way over the mesh as a component": (stack) => {
      const mesh = urnOf(stack, "eks-istio:stage:Mesh");
      waitFor(stack, "productpage.ingress", () => [mesh]);
    },
    "a workload without a sidecar": (stack) => {
      stack.object("Namespace", "default", "bookinfo").metadata.labels = {};
      waitFor(stack, "details-v1", () => []);
    },
    "a workload that wants no sidecar": (stack) => {
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
        "false";
      waitFor(stack, "details-v1", () => []);
    },
    "an istiod that others installed": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      waitFor(stack, "productpage.ingress", () => []);
    },
  },
});
