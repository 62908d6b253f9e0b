import { injection } from "../../../../../policies/rules/istio/workloads/injection";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { details, podsOf } from "../../kubernetes/drafts";

function unlabel(stack: StackDraft): void {
  stack.object("Namespace", "default", "bookinfo").metadata.labels = { team: "books" };
}

function setLabel(stack: StackDraft, label: string, value: string): void {
  stack.object("Namespace", "default", "bookinfo").metadata.labels = { [label]: value };
}

function permit(stack: StackDraft): void {
  stack.object("PeerAuthentication", "istio-system", "default").spec.mtls.mode = "PERMISSIVE";
}

/** Makes another namespace the one whose policies are the whole mesh's. */
function moveRoot(stack: StackDraft, namespace: string): void {
  stack.values("istiod").meshConfig.rootNamespace = namespace;
  stack.object("PeerAuthentication", "istio-system", "default").metadata.namespace = namespace;
}

/** Puts the ConfigMaps that istiod's chart makes into the place of its Release. */
function render(stack: StackDraft, { mesh, values }: { readonly mesh: string; readonly values?: string }): void {
  stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
  const add = (name: string, data: object) =>
    stack.add({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "istio-system" }, data } as Loose);
  add("istio", { mesh, meshNetworks: "networks: {}" });
  if (values !== undefined) add("istio-sidecar-injector", { config: "policy: enabled", values });
}

export default cases(injection, {
  breaks: {
    "a namespace without a label, where mTLS is STRICT": {
      change: (stack) => unlabel(stack),
      finds: [
        "Namespace bookinfo: has no injection label, so its pods get no sidecar, and mTLS is STRICT: nothing in the mesh answers them. Label it istio-injection: enabled, or disabled if that is meant.",
      ],
      severity: "mandatory",
    },
    "a namespace without a label, where plain text is let in": {
      change: (stack) => {
        unlabel(stack);
        permit(stack);
      },
      finds: [
        "Namespace bookinfo: has no injection label, so its pods get no sidecar and no policy of the mesh applies to them. Label it istio-injection: enabled, or disabled if that is meant.",
      ],
      severity: "advisory",
    },
    "a namespace that is injected only by default": {
      change: (stack) => {
        unlabel(stack);
        stack.values("istiod").sidecarInjectorWebhook = { enableNamespacesByDefault: true };
      },
      finds: [
        "Namespace bookinfo: has no injection label, and gets sidecars only because istiod gives them to every namespace by default. Label it istio-injection: enabled, or disabled if its pods aren't to have any.",
      ],
      severity: "advisory",
    },
    "a namespace without a label, where the mesh's STRICT is in a root namespace of its own": {
      change: (stack) => {
        unlabel(stack);
        moveRoot(stack, "istio-config");
      },
      finds: [
        "Namespace bookinfo: has no injection label, so its pods get no sidecar, and mTLS is STRICT: nothing in the mesh answers them. Label it istio-injection: enabled, or disabled if that is meant.",
      ],
      severity: "mandatory",
    },
    "a namespace without a label, where a rendered control plane has a root namespace of its own": {
      change: (stack) => {
        unlabel(stack);
        moveRoot(stack, "istio-config");
        render(stack, { mesh: "rootNamespace: istio-config\n" });
      },
      finds: [
        "Namespace bookinfo: has no injection label, so its pods get no sidecar, and mTLS is STRICT: nothing in the mesh answers them. Label it istio-injection: enabled, or disabled if that is meant.",
      ],
      severity: "mandatory",
    },
    "a namespace that a rendered control plane injects by default": {
      change: (stack) => {
        unlabel(stack);
        const values = JSON.stringify({ sidecarInjectorWebhook: { enableNamespacesByDefault: true } });
        render(stack, { mesh: "rootNamespace: istio-system\n", values });
      },
      finds: [
        "Namespace bookinfo: has no injection label, and gets sidecars only because istiod gives them to every namespace by default. Label it istio-injection: enabled, or disabled if its pods aren't to have any.",
      ],
      severity: "advisory",
    },
    "pods that opt out": {
      change: (stack) => (details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "false"),
      finds: [
        'Deployment bookinfo/details-v1: its pods get no sidecar (sidecar.istio.io/inject: "false"), and mTLS is STRICT: nothing in the mesh answers them. Let them have one, or move them to a namespace outside the mesh.',
      ],
      severity: "mandatory",
    },
    "pods that opt out the old way": {
      change: (stack) => (details(stack).spec.template.metadata.annotations = { "sidecar.istio.io/inject": "false" }),
      finds: [
        'Deployment bookinfo/details-v1: its pods get no sidecar (sidecar.istio.io/inject: "false"), and mTLS is STRICT: nothing in the mesh answers them. Let them have one, or move them to a namespace outside the mesh.',
      ],
    },
    "pods on their node's network": {
      change: (stack) => (podsOf(stack).hostNetwork = true),
      finds: [
        "Deployment bookinfo/details-v1: its pods get no sidecar (hostNetwork), and mTLS is STRICT: nothing in the mesh answers them. Let them have one, or move them to a namespace outside the mesh.",
      ],
    },
  },
  keeps: {
    "a namespace that is out on purpose": (stack) => setLabel(stack, "istio-injection", "disabled"),
    "a namespace without a label, where control planes differ in whether all of the mesh is STRICT": (stack) => {
      unlabel(stack);
      stack.addResource("kubernetes:helm.sh/v3:Release", "canary", {
        chart: "istiod",
        name: "istiod-canary",
        namespace: "istio-system",
        values: { revision: "canary", meshConfig: { rootNamespace: "istio-config" } },
      });
    },
    "the namespace of a control plane that was rendered into another": (stack) => {
      render(stack, { mesh: "rootNamespace: istio-system\n", values: "{}" });
      for (const name of ["istio", "istio-sidecar-injector"])
        stack.object("ConfigMap", "istio-system", name).metadata.namespace = "mesh";
      stack.add({ apiVersion: "v1", kind: "Namespace", metadata: { name: "mesh" } });
    },
    "the mesh's root namespace, which has no pods to inject": (stack) => {
      moveRoot(stack, "istio-config");
      stack.add({ apiVersion: "v1", kind: "Namespace", metadata: { name: "istio-config" } });
    },
    "a revision": (stack) => setLabel(stack, "istio.io/rev", "canary"),
    "the ambient mode": (stack) => setLabel(stack, "istio.io/dataplane-mode", "ambient"),
    "pods that opt out where plain text is let in": (stack) => {
      details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "false";
      permit(stack);
    },
    "STRICT for some pods of the root namespace only": (stack) => {
      details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "false";
      stack.object("PeerAuthentication", "istio-system", "default").spec.selector = { matchLabels: { app: "own" } };
    },
    "pods that opt out of nothing, in a namespace that is out": (stack) => {
      setLabel(stack, "istio-injection", "disabled");
      details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "false";
    },
    "namespaces of a cluster without a mesh": (stack) => {
      unlabel(stack);
      stack.resources = stack.resources.filter(({ type }) => !/istio\.io|Release/.test(type));
    },
  },
});
