import { defaultNamespace } from "../../../../policies/rules/kubernetes/default-namespace";
import { cases } from "../../cases";
import { add, details } from "./drafts";

export default cases(defaultNamespace, {
  breaks: {
    "an application in default": {
      change: (stack) => (details(stack).metadata.namespace = "default"),
      finds: [
        "Deployment default/details-v1: is in the namespace default: it shares policies, permissions and sidecar injection with whatever else was left there. Give it a namespace of its own.",
      ],
      severity: "mandatory",
    },
    "one without a namespace": {
      change: (stack) => delete details(stack).metadata.namespace,
      finds: [
        "Deployment default/details-v1: has no namespace, and so is in the namespace default: it shares policies, permissions and sidecar injection with whatever else was left there. Give it a namespace of its own.",
      ],
      severity: "mandatory",
    },
    "one without a namespace in YAML, where a command may name it": {
      change: (stack) =>
        stack.resources.push({
          source: "yaml",
          type: "kubernetes:core/v1:ConfigMap",
          name: "own",
          properties: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "own" } },
          dependencies: [],
        }),
      finds: [
        "ConfigMap default/own: has no namespace: unless the command that applies it names one, it lands in default, and shares policies, permissions and sidecar injection with whatever else was left there. Give it a namespace of its own.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "the ServiceAccount that every namespace has": (stack) =>
      add(stack, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "default" } }),
    "what is of the whole cluster": (stack) =>
      add(stack, { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "reader" } }),
  },
});
