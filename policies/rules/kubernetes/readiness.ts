import { isProxy, podTemplates } from "../../facts/kubernetes/pods";
import type { Inventory } from "../../engine/inventory";
import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { containerName, isNodeAgent } from "../../facts/kubernetes/containers";
import { servicesOf } from "../../facts/kubernetes/selectors";
import type { PodTemplate } from "../../facts/kubernetes/workload";

/** Pods that a Service sends requests to say when they can take them. */
export const readiness: Rule = {
  id: "K8S-READINESS",
  severity: "mandatory",
  title: "what serves requests has a readiness probe",
  why: "Without a readiness probe a pod gets requests as soon as its process starts, so that every rollout answers some of them with an error.",
  fix: "Add a readinessProbe that asks the application whether it can serve.",
  codes: ["CKV_K8S_9"],
  docs: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (!lasting.has(pods.resource.kind) || isNodeAgent(pods)) return;
      check.each(serving(pods, inventory), (container) => {
        const probe = container.get("readinessProbe");
        if (probe.exists) return;
        check.violation(probe, {
          message: `${containerName(container)} has no readiness probe: it gets requests as soon as its process starts, so every rollout fails some.`,
          fix: "Add a readinessProbe that asks the application whether it can serve, such as an httpGet of its health page.",
        });
      });
    }),
};

const lasting = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout"]);

/** Containers that take requests: those that declare ports; if none does, the first one of pods behind a Service. */
function serving(pods: PodTemplate, inventory: Inventory): Value[] {
  const containers = pods.template
    .get("spec", "containers")
    .list()
    .filter((container) => !isProxy(container));
  const withPorts = containers.filter((container) => container.get("ports").list().length > 0);
  if (withPorts.length > 0) return withPorts;
  return servicesOf(pods, inventory).length > 0 ? containers.slice(0, 1) : [];
}
