import { hasProxy } from "./injection";
import { podTemplates } from "../kubernetes/pods";
import type { Inventory } from "../../engine/inventory";
import { HelmRelease, KubernetesObject, type Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { namespaceOf } from "./objects";
import { releaseName } from "./gateway-chart";
import { isFilledByCharts } from "./places";
import { KeyIndex } from "../key-index";

/** Something that makes pods, or stands for one: a workload, the gateway chart's Release, a WorkloadEntry. */
export interface Workload {
  readonly resource: Resource;
  /** Undefined if it is unknown. */
  readonly namespace: string | undefined;
  /** The labels of its pods that are known. */
  readonly labels: ReadonlyMap<string, string>;
  /** What to read to learn that something about its labels or its namespace is unknown. */
  readonly doubts: readonly Doubt[];
  /** Holds `metadata` and `spec`; absent where a chart makes the pods. */
  readonly template: Value | undefined;
  /** Whether its proxy is a gateway's. */
  readonly isGateway: boolean;
}

/** A value that is unknown, and the label it would be; no key, if it may be any. */
interface Doubt {
  readonly key: string | undefined;
  readonly value: Value;
}

/** What a selector finds, and the unknown values because of which it may find more. */
export interface Selection {
  readonly found: readonly Workload[];
  readonly doubts: readonly Value[];
}

type Labels = Readonly<Record<string, string>>;

/** Everything here that pods come from. */
export function workloads(inventory: Inventory): readonly Workload[] {
  return inventory.once(collect);
}

/** The workloads that a selector selects, in a namespace or in all. An empty one selects each. */
export function selected(inventory: Inventory, labels: Labels, namespace?: string): Selection {
  const index = inventory.once(indexOf);
  const [first] = Object.entries(labels);
  const candidates = first ? index.labelled.get(first.join("=")) : index.all;
  const found = candidates.filter((one) => isIn(one, namespace) && carries(one, labels));
  const doubts = index.doubtful
    .filter((one) => one.namespace === undefined || isIn(one, namespace))
    .flatMap((one) => doubtsAbout(one, labels));
  return { found, doubts };
}

/** Throws if something unknown could be one more. */
export function assertKnown({ doubts }: Selection): void {
  for (const doubt of doubts) doubt.text();
}

/**
 * Whether pods come into a namespace that can't be seen from here: from a chart, from another stack, or since nothing
 * here makes any.
 */
export function isFilledByOthers(inventory: Inventory, namespace: string): boolean {
  if (isFilledByCharts(inventory, namespace) || inventory.isOutside("Pod", namespace, "*")) return true;
  const { places, homeless } = inventory.once(indexOf);
  if (places.has(namespace)) return false;
  for (const place of homeless) place.text();
  return true;
}

/** The workloads whose pods a Service leads to. */
export function workloadsOf(inventory: Inventory, service: KubernetesObject): Selection {
  const selector = service.get("spec", "selector").texts();
  if (Object.keys(selector).length === 0) return { found: [], doubts: [] };
  return selected(inventory, selector, namespaceOf(service));
}

/** A label of a workload's pods. Throws if it is unknown. */
export function labelOf({ labels, doubts }: Workload, key: string): string | undefined {
  const own = labels.get(key);
  if (own !== undefined) return own;
  for (const doubt of doubts) if (doubt.key === undefined || doubt.key === key) doubt.value.text();
  return undefined;
}

/** The Services that lead to a workload's pods. */
export function servicesOf(workload: Workload, inventory: Inventory): KubernetesObject[] {
  return inventory.inNamespace("Service", workload.namespace ?? "").filter((service) => {
    const selector = service.get("spec", "selector").entries();
    return selector.length > 0 && selector.every(([key, value]) => labelOf(workload, key) === value.text());
  });
}

/** Whether there is a proxy; undefined if a namespace that isn't here decides. */
export function isProxied({ resource, template, isGateway }: Workload, inventory: Inventory): boolean | undefined {
  if (isGateway || template === undefined || !(resource instanceof KubernetesObject)) return true;
  return hasProxy({ resource, template }, inventory);
}

interface WorkloadIndex {
  readonly all: readonly Workload[];
  readonly labelled: KeyIndex<Workload>;
  readonly doubtful: readonly Workload[];
  readonly places: ReadonlySet<string>;
  /** Namespaces of workloads that are unknown. */
  readonly homeless: readonly Value[];
}

function indexOf(inventory: Inventory): WorkloadIndex {
  const all = workloads(inventory);
  return {
    all,
    labelled: new KeyIndex(all, ({ labels }) => [...labels].map((pair) => pair.join("="))),
    doubtful: all.filter(({ doubts }) => doubts.length > 0),
    places: new Set(all.flatMap(({ namespace }) => namespace ?? [])),
    homeless: all.flatMap(({ namespace, doubts }) => (namespace === undefined ? doubts.map(({ value }) => value) : [])),
  };
}

function collect(inventory: Inventory): Workload[] {
  const templates = podTemplates(inventory);
  const known = new Set<Resource>(templates.map(({ resource }) => resource));
  return [
    ...templates.map(({ resource, template }) => workloadOf(resource, template.get("metadata", "labels"), template)),
    ...inventory.resources.flatMap((resource) => (known.has(resource) ? [] : others(resource))),
  ];
}

/** Others' kinds with a pod template (Argo's Rollout, Knative's Service), machines outside the cluster, gateways by chart. */
function others(resource: Resource): Workload[] {
  if (resource instanceof HelmRelease) return gatewayOf(resource);
  if (!(resource instanceof KubernetesObject)) return [];
  if (resource.kind === "WorkloadEntry") return [workloadOf(resource, resource.get("spec", "labels"))];
  if (resource.kind === "WorkloadGroup") return [workloadOf(resource, resource.get("spec", "metadata", "labels"))];
  const template = resource.get("spec", "template");
  if (template.isUnknown || template.get("spec").isUnknown) return [];
  if (!template.get("spec", "containers").exists) return [];
  return [workloadOf(resource, template.get("metadata", "labels"), template)];
}

function workloadOf(resource: KubernetesObject, labels: Value, template?: Value): Workload {
  const { namespace } = resource;
  const entries = labels.isUnknown ? [] : labels.entries();
  return {
    resource,
    namespace,
    template,
    isGateway: template !== undefined && isGatewayTemplate(template),
    labels: new Map(entries.flatMap(([key, value]) => (value.isUnknown ? [] : [[key, value.text() ?? ""]]))),
    doubts: [
      ...(namespace === undefined ? [{ key: undefined, value: resource.get("metadata", "namespace") }] : []),
      ...(labels.isUnknown ? [{ key: undefined, value: labels }] : []),
      ...entries.flatMap(([key, value]) => (value.isUnknown ? [{ key, value }] : [])),
    ],
  };
}

/** A proxy alone serves no application. */
function isGatewayTemplate(template: Value): boolean {
  const templates = template.get("metadata", "annotations", "inject.istio.io/templates");
  if (!templates.isUnknown && templates.text() === "gateway") return true;
  const containers = template.get("spec", "containers");
  const names = containers.isUnknown ? [] : containers.list().map((container) => container.get("name"));
  return names.length > 0 && names.every((name) => !name.isUnknown && name.text() === "istio-proxy");
}

/** @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/templates/_helpers.tpl */
function gatewayOf(release: HelmRelease): Workload[] {
  const chart = release.get("chart");
  if (!chart.isUnknown && release.chart !== "gateway") return [];
  const place = release.get("namespace");
  const own = release.values.get("labels");
  const names = [release.values.get("name"), release.get("name")];
  const unknowns = [chart, ...names, own, place].filter((value) => value.isUnknown);
  const extra = own.isUnknown ? [] : own.entries();
  const name = unknowns.length > 0 ? "" : (releaseName(release) ?? release.name);
  const labels = new Map([
    ["app", name],
    ["istio", name.replace(/^istio-/, "")],
    ...extra.flatMap(([key, value]): [string, string][] => (value.isUnknown ? [] : [[key, value.text() ?? ""]])),
  ]);
  return [
    {
      resource: release,
      namespace: place.isUnknown ? undefined : (place.text() ?? "default"),
      template: undefined,
      isGateway: true,
      labels: unknowns.length > 0 ? new Map<string, string>() : labels,
      doubts: [
        ...unknowns.map((value) => ({ key: undefined, value })),
        ...extra.flatMap(([key, value]) => (value.isUnknown ? [{ key, value }] : [])),
      ],
    },
  ];
}

function isIn(workload: Workload, namespace: string | undefined): boolean {
  return namespace === undefined || workload.namespace === namespace;
}

function carries({ labels }: Workload, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels.get(key) === value);
}

/** The unknowns for which a workload may be selected: none if a known label already says that it isn't, or is. */
function doubtsAbout({ labels, doubts }: Workload, wanted: Labels): Value[] {
  const isOpen = doubts.some(({ key }) => key === undefined);
  const open = new Set(doubts.map(({ key }) => key));
  const mayBe = Object.entries(wanted).every(
    ([key, value]) => labels.get(key) === value || open.has(key) || (isOpen && !labels.has(key)),
  );
  if (!mayBe) return [];
  return doubts.filter(({ key }) => key === undefined || key in wanted).map(({ value }) => value);
}
