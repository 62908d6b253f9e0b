import type { Inventory, Kind } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";

/** What a workload makes pods from; a Pod is its own. */
export interface PodTemplate {
  /** The workload. */
  readonly resource: KubernetesObject;
  /** Holds `metadata` and `spec`. */
  readonly template: Value;
}

const templates: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  DaemonSet: ["spec", "template"],
  Deployment: ["spec", "template"],
  Job: ["spec", "template"],
  Pod: [],
  ReplicaSet: ["spec", "template"],
  Rollout: ["spec", "template"],
  StatefulSet: ["spec", "template"],
};

/** The pod templates of every workload. */
export function podTemplates(inventory: Inventory): readonly PodTemplate[] {
  return inventory.once(collect);
}

function collect(inventory: Inventory): PodTemplate[] {
  return Object.entries(templates).flatMap(([kind, path]) =>
    inventory
      .objects(kind as Kind)
      .filter(({ data }) => kind !== "Rollout" || !hasReference(data.properties.spec))
      .map((resource) => ({ resource, template: resource.get(...path) })),
  );
}

/** A Rollout of Argo's may leave its template to a Deployment. */
function hasReference(spec: unknown): boolean {
  return typeof spec === "object" && spec !== null && "workloadRef" in spec;
}

/** A template's containers, the init containers (and so the sidecars) among them. */
export function containersOf({ template }: PodTemplate): Value[] {
  return [...template.get("spec", "initContainers").list(), ...template.get("spec", "containers").list()];
}

/** Whether a container is the proxy: Istio's webhook fills in what its template leaves out. */
export function isProxy(container: Value): boolean {
  return container.get("name").text() === "istio-proxy";
}

/** Whether a template's pods carry all these labels. Throws if a label that decides is unknown. */
export function hasLabels({ template }: PodTemplate, labels: Readonly<Record<string, string>>): boolean {
  const own = template.get("metadata", "labels");
  return Object.entries(labels).every(([key, value]) => own.get(key).text() === value);
}
