import { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { isPlacedByCommand } from "../../facts/kubernetes/names";

/** Nothing lives in the namespace that everything falls into. */
export const defaultNamespace: Rule = {
  id: "K8S-DEFAULT-NAMESPACE",
  severity: "mandatory",
  title: "nothing lives in the namespace default",
  why: "What has no namespace of its own shares quotas, permissions, policies and sidecar injection with whatever else was left there.",
  fix: "Give it a namespace of its own.",
  codes: ["CKV_K8S_21", "CIS EKS 4.5.2"],
  docs: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",

  judge: (inventory, check) =>
    check.each(inventory.resources, (object) => {
      if (!(object instanceof KubernetesObject) || !namespaced.has(object.kind)) return;
      const namespace = object.get("metadata", "namespace");
      const name = namespace.text();
      if (name !== undefined && name !== "default") return;
      // Every namespace has these two, and somebody may want to change them.
      if (["default", "kube-root-ca.crt"].includes(object.name)) return;
      const isOpen = isPlacedByCommand(object);
      const place = isOpen
        ? "has no namespace: unless the command that applies it names one, it lands in default, and shares"
        : `${name === undefined ? "has no namespace, and so is" : "is"} in the namespace default: it shares`;
      check.violation(namespace, {
        message: `${place} policies, permissions and sidecar injection with whatever else was left there.`,
        fix: "Give it a namespace of its own.",
        severity: isOpen ? "advisory" : "mandatory",
      });
    }),
};

const namespaced = new Set([
  "AuthorizationPolicy",
  "ConfigMap",
  "CronJob",
  "DaemonSet",
  "Deployment",
  "DestinationRule",
  "Gateway",
  "HorizontalPodAutoscaler",
  "Ingress",
  "Job",
  "PersistentVolumeClaim",
  "Pod",
  "PodDisruptionBudget",
  "ReplicaSet",
  "Role",
  "RoleBinding",
  "Rollout",
  "Secret",
  "Service",
  "ServiceAccount",
  "StatefulSet",
  "VirtualService",
]);
