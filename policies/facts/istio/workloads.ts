import { hasPodsOfOthers } from "../pulumi/applications";
import type { Inventory } from "../../engine/inventory";
import { KubernetesObject, type HelmRelease, type Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { releases } from "../charts/releases";
import { podTemplates } from "../kubernetes/pods";
import { nothing, WorkloadIndex, type Selection } from "../kubernetes/selection";
import { fromTemplate, readLabels, Workload, type Labels } from "../kubernetes/workload";
import { readReleaseLabels } from "./gateway-chart";
import { namespaceOf } from "./objects";
import { isFilledByCharts } from "./places";

/** Everything here that pods come from, and machines outside the cluster. */
export function workloads(inventory: Inventory): readonly Workload[] {
  return inventory.once(collect);
}

/** The workloads that a selector of Istio's selects, in a namespace or in all. An empty one selects each. */
export function selected(inventory: Inventory, labels: Labels, namespace?: string): Selection {
  return inventory.once(indexOf).select(labels, namespace);
}

/** The workloads that a Service leads to: Istio counts machines among them. */
export function workloadsOf(inventory: Inventory, service: KubernetesObject): Selection {
  const selector = service.get("spec", "selector").texts();
  return Object.keys(selector).length === 0 ? nothing : selected(inventory, selector, namespaceOf(service));
}

/** The pods that labels select in a namespace, without machines: what Kubernetes sends a Service's connections to. */
export function selectedInCluster(inventory: Inventory, labels: Labels, namespace: string): Selection {
  return Object.keys(labels).length === 0 ? nothing : inventory.once(indexInCluster).select(labels, namespace);
}

/**
 * Whether pods come into a namespace that can't be seen from here: from a chart, from another stack, or since nothing
 * here makes any.
 */
export function isFilledByOthers(inventory: Inventory, namespace: string): boolean {
  if (isFilledByCharts(inventory, namespace) || inventory.isOutside("Pod", namespace, "*")) return true;
  if (hasPodsOfOthers(inventory, namespace)) return true;
  const index = inventory.once(indexOf);
  if (index.isIn(namespace)) return false;
  for (const value of index.unknownNamespaces) value.text();
  return true;
}

/** The workload that a Release of the gateway chart makes. */
export function workloadOfRelease(inventory: Inventory, release: Resource): Workload | undefined {
  return inventory.once(byRelease).get(release);
}

/** The workloads of gateway charts, and of charts that are unknown: ask the Release's `chart` first. */
export function chartWorkloads(inventory: Inventory): readonly Workload[] {
  return [...inventory.once(byRelease).values()];
}

function byRelease(inventory: Inventory): ReadonlyMap<Resource, Workload> {
  return new Map(workloads(inventory).flatMap((one) => (one.release ? [[one.release, one]] : [])));
}

function indexOf(inventory: Inventory): WorkloadIndex {
  return new WorkloadIndex(workloads(inventory));
}

function indexInCluster(inventory: Inventory): WorkloadIndex {
  return new WorkloadIndex(
    workloads(inventory).filter(({ template, release }) => template !== undefined || release !== undefined),
  );
}

function collect(inventory: Inventory): Workload[] {
  const templates = podTemplates(inventory);
  const known = new Set<Resource>(templates.map(({ resource }) => resource));
  return [
    ...templates,
    ...inventory.resources.flatMap((resource) => (known.has(resource) ? [] : others(resource))),
    ...releases(inventory).flatMap(fromRelease),
  ];
}

/** Others' kinds with a pod template (Knative's Service), machines outside the cluster. */
function others(resource: Resource): Workload[] {
  if (!(resource instanceof KubernetesObject)) return [];
  if (resource.kind === "WorkloadEntry") return [fromMachine(resource, resource.get("spec", "labels"))];
  if (resource.kind === "WorkloadGroup") return [fromMachine(resource, resource.get("spec", "metadata", "labels"))];
  const template = resource.get("spec", "template");
  const containers = template.get("spec", "containers");
  if (template.isUnknown || template.get("spec").isUnknown) return [];
  return containers.isUnknown || containers.exists ? [fromTemplate(resource, template)] : [];
}

function fromMachine(resource: KubernetesObject, labels: Value): Workload {
  return new Workload(resource, undefined, {
    namespace: resource.namespace,
    namespaceAt: () => resource.get("metadata", "namespace"),
    annotations: resource.annotations,
    spec: resource.get("spec"),
    readLabels: () => readLabels(labels),
  });
}

/** One whose chart is unknown may be the gateway's. */
function fromRelease(release: HelmRelease): Workload[] {
  if (!release.get("chart").isUnknown && release.chart !== "gateway") return [];
  return [
    new Workload(release, undefined, {
      namespace: release.namespace,
      namespaceAt: () => release.get("namespace"),
      annotations: release.values.get("podAnnotations"),
      spec: release.values,
      // What Pulumi makes up begins with the resource's own name.
      readLabels: () => readReleaseLabels(release, release.name),
    }),
  ];
}
