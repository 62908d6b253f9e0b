import { hasLabels, podTemplates, type PodTemplate } from "./pods";
import { append, type Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";

type Labels = Readonly<Record<string, string>>;

/**
 * The pods of a namespace that carry all of some labels; none for no labels. Throws if the labels of others aren't
 * known, and those may be among them.
 */
export function selectedPods(inventory: Inventory, namespace: string, selector: Labels): PodTemplate[] {
  const { known, unknown } = inventory.once(podsByLabel);
  const candidates = Object.entries(selector).map(([key, value]) => known.get(labelKey(namespace, key, value)) ?? []);
  if (candidates.length === 0) return [];
  const fewest = candidates.reduce((a, b) => (b.length < a.length ? b : a));
  const unsure = unknown.filter(({ resource }) => (resource.namespace ?? namespace) === namespace);
  const found = fewest.filter((pods) => carries(pods, selector));
  return [...found, ...unsure.filter((pods) => carries(pods, selector))];
}

/** A label that is known to differ decides before one that isn't known. */
export function carries(pods: PodTemplate, selector: Labels): boolean {
  const labels = pods.template.get("metadata", "labels");
  const differs = Object.entries(selector).some(([key, value]) => {
    const own = labels.get(key);
    return !own.isUnknown && own.text() !== value;
  });
  return !differs && hasLabels(pods, selector);
}

interface PodIndex {
  readonly known: ReadonlyMap<string, readonly PodTemplate[]>;
  /** Where a label or the namespace isn't known. */
  readonly unknown: readonly PodTemplate[];
}

function podsByLabel(inventory: Inventory): PodIndex {
  const known = new Map<string, PodTemplate[]>();
  const unknown: PodTemplate[] = [];
  for (const pods of podTemplates(inventory)) {
    const labels = pods.template.get("metadata", "labels");
    const entries = labels.isUnknown ? [] : labels.entries();
    if (labels.isUnknown || pods.resource.namespace === undefined || entries.some(([, value]) => value.isUnknown)) {
      unknown.push(pods);
      continue;
    }
    for (const [key, value] of entries) append(known, labelKey(pods.resource.namespace, key, value.text() ?? ""), pods);
  }
  return { known, unknown };
}

/** What selects a workload's pods, by the first of its labels. */
export interface SelectorIndex {
  readonly known: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** Where the selector or the namespace isn't known. */
  readonly unknown: readonly KubernetesObject[];
}

/** The Services that select these pods. Throws if what decides isn't known. */
export function servicesOf(pods: PodTemplate, inventory: Inventory): KubernetesObject[] {
  return selecting(pods, inventory.once(servicesBySelector), serviceSelector);
}

/** The disruption budgets of these pods. Throws if what decides isn't known. */
export function budgetsOf(pods: PodTemplate, inventory: Inventory): KubernetesObject[] {
  return selecting(pods, inventory.once(budgetsBySelector), budgetSelector);
}

const serviceSelector = (service: KubernetesObject) => service.get("spec", "selector");
const budgetSelector = (budget: KubernetesObject) => budget.get("spec", "selector", "matchLabels");

function servicesBySelector(inventory: Inventory): SelectorIndex {
  return bySelector(inventory.objects("Service"), serviceSelector);
}

function budgetsBySelector(inventory: Inventory): SelectorIndex {
  return bySelector(inventory.objects("PodDisruptionBudget"), budgetSelector);
}

function bySelector(
  objects: readonly KubernetesObject[],
  selectorOf: (object: KubernetesObject) => Value,
): SelectorIndex {
  const known = new Map<string, KubernetesObject[]>();
  const unknown: KubernetesObject[] = [];
  for (const object of objects) {
    const selector = selectorOf(object);
    const entries = selector.isUnknown ? [] : selector.entries();
    const [first] = entries;
    if (selector.isUnknown || object.namespace === undefined || entries.some(([, value]) => value.isUnknown))
      unknown.push(object);
    else if (first) append(known, labelKey(object.namespace, first[0], first[1].text() ?? ""), object);
  }
  return { known, unknown };
}

function selecting(
  pods: PodTemplate,
  { known, unknown }: SelectorIndex,
  selectorOf: (object: KubernetesObject) => Value,
): KubernetesObject[] {
  const { namespace = "" } = pods.resource;
  const candidates = pods.template
    .get("metadata", "labels")
    .entries()
    .flatMap(([key, value]) => known.get(labelKey(namespace, key, value.text() ?? "")) ?? []);
  const unsure = unknown.filter((object) => (object.namespace ?? namespace) === namespace);
  return [...candidates, ...unsure].filter((object) => carries(pods, selectorOf(object).texts()));
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}
