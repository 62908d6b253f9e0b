import { groupBy, type Inventory, type Kind } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { KeyIndex } from "../key-index";
import { assertKnown, WorkloadIndex } from "./selection";
import { fromTemplate, type Labels, type PodTemplate } from "./workload";

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

/** Every workload of Kubernetes' own kinds, and Argo's Rollouts and Experiments, with the template of its pods; only those of a kind. */
export function podTemplates(inventory: Inventory, kind?: Kind): readonly PodTemplate[] {
  return kind === undefined ? inventory.once(collect) : (inventory.once(byKind).get(kind) ?? []);
}

function byKind(inventory: Inventory): ReadonlyMap<string, readonly PodTemplate[]> {
  return groupBy(podTemplates(inventory), ({ resource }) => resource.kind);
}

function collect(inventory: Inventory): PodTemplate[] {
  // An Experiment has several templates.
  const trials = inventory
    .objects("Experiment")
    .flatMap((one) => listOf(one.get("spec", "templates")).map((entry) => fromTemplate(one, entry.get("template"))));
  const others = Object.entries(templates).flatMap(([kind, path]) =>
    inventory
      .objects(kind as Kind)
      .filter(({ data }) => kind !== "Rollout" || !hasReference(data.properties.spec))
      .map((resource) => fromTemplate(resource, resource.get(...path), kind === "Rollout" ? ownLabels(resource) : [])),
  );
  return [...others, ...trials];
}

/**
 * Labels that a Rollout gives to some of its pods only: to those of an experiment, and to the new or the old ones.
 *
 * @see https://github.com/argoproj/argo-rollouts/blob/master/rollout/experiment.go
 * @see https://argoproj.github.io/argo-rollouts/features/ephemeral-metadata/
 */
function ownLabels(rollout: KubernetesObject): Value[] {
  const strategy = rollout.get("spec", "strategy");
  const [canary, blueGreen] = [strategy.get("canary"), strategy.get("blueGreen")];
  const metadata = [
    ...listOf(canary.get("steps"))
      .flatMap((step) => listOf(step.get("experiment", "templates")))
      .map((template) => template.get("metadata")),
    canary.get("canaryMetadata"),
    canary.get("stableMetadata"),
    blueGreen.get("activeMetadata"),
    blueGreen.get("previewMetadata"),
  ];
  return metadata.map((one) => one.get("labels")).filter((labels) => labels.isUnknown || labels.exists);
}

/** A list's entries; where it is unknown, that one value, which says so when somebody reads it. */
function listOf(value: Value): Value[] {
  return value.isUnknown ? [value] : value.list();
}

/** A Rollout of Argo's may leave its template to a Deployment. */
function hasReference(spec: unknown): boolean {
  return typeof spec === "object" && spec !== null && "workloadRef" in spec;
}

/**
 * The pods of a namespace that carry all of some labels; none for no labels. Throws if the labels of others aren't
 * known, and those may be among them.
 */
export function selectedPods(inventory: Inventory, namespace: string, selector: Labels): readonly PodTemplate[] {
  if (Object.keys(selector).length === 0) return [];
  const selection = inventory.once(podIndex).select(selector, namespace);
  assertKnown(selection);
  return selection.found;
}

function podIndex(inventory: Inventory): WorkloadIndex<PodTemplate> {
  return new WorkloadIndex(podTemplates(inventory));
}

/** Whether pods here are in a namespace. Throws if none is known to be, but one may be. */
export function hasPods(inventory: Inventory, namespace: string): boolean {
  const pods = inventory.once(podsByNamespace);
  if (pods.get(namespace).length > 0) return true;
  pods.assertKnown();
  return false;
}

function podsByNamespace(inventory: Inventory): KeyIndex<PodTemplate> {
  return new KeyIndex(podTemplates(inventory), ({ knownNamespace }) => [knownNamespace]);
}

/** A template's containers, the init containers (and so the sidecars) among them. */
export function containersOf({ template }: PodTemplate): Value[] {
  return [...template.get("spec", "initContainers").list(), ...template.get("spec", "containers").list()];
}

/** Whether a container is the proxy: Istio's webhook fills in what its template leaves out. */
export function isProxy(container: Value): boolean {
  return container.get("name").text() === "istio-proxy";
}
