import { append, type Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import type { Workload } from "./workload";

/** The Services that lead to a workload's pods. Throws if what decides isn't known. */
export function servicesOf(workload: Workload, inventory: Inventory): KubernetesObject[] {
  return selecting(workload, inventory.once(servicesBySelector));
}

/** The disruption budgets of a workload's pods. Throws if what decides isn't known. */
export function budgetsOf(workload: Workload, inventory: Inventory): KubernetesObject[] {
  return selecting(workload, inventory.once(budgetsBySelector));
}

/** Objects that select pods of their namespace by labels. */
interface SelectorIndex {
  readonly selector: (object: KubernetesObject) => Value;
  /** By their namespace and the first of their labels. */
  readonly byLabel: ReadonlyMap<string, readonly KubernetesObject[]>;
  readonly known: readonly KubernetesObject[];
  /** Where the selector or the namespace isn't known. */
  readonly unknown: readonly KubernetesObject[];
}

function servicesBySelector(inventory: Inventory): SelectorIndex {
  return bySelector(inventory.objects("Service"), (service) => service.get("spec", "selector"));
}

function budgetsBySelector(inventory: Inventory): SelectorIndex {
  return bySelector(inventory.objects("PodDisruptionBudget"), (budget) =>
    budget.get("spec", "selector", "matchLabels"),
  );
}

function bySelector(objects: readonly KubernetesObject[], selector: SelectorIndex["selector"]): SelectorIndex {
  const byLabel = new Map<string, KubernetesObject[]>();
  const [known, unknown]: [KubernetesObject[], KubernetesObject[]] = [[], []];
  for (const object of objects) {
    const labels = selector(object);
    const entries = labels.isUnknown ? [] : labels.entries();
    const [first] = entries;
    if (labels.isUnknown || object.namespace === undefined || entries.some(([, value]) => value.isUnknown))
      unknown.push(object);
    else if (first) {
      known.push(object);
      append(byLabel, labelKey(object.namespace, first[0], first[1].text()), object);
    }
  }
  return { selector, byLabel, known, unknown };
}

function selecting(workload: Workload, { selector, byLabel, known, unknown }: SelectorIndex): KubernetesObject[] {
  const { namespace, labels, unknowns } = workload;
  const candidates =
    namespace === undefined || unknowns.length > 0
      ? known.filter((object) => (namespace ?? object.namespace) === object.namespace)
      : [...labels].flatMap(([key, value]) => byLabel.get(labelKey(namespace, key, value)) ?? []);
  const found = candidates.filter((object) => workload.carries(selector(object).texts()));
  // Which of these are in its namespace: reading it says that it is unknown.
  if (found.length > 0 && namespace === undefined)
    return found.filter((one) => one.namespace === workload.knownNamespace);
  for (const object of unknown)
    if ((namespace ?? object.namespace) === (object.namespace ?? namespace) && maySelect(selector(object), workload)) {
      selector(object).texts();
      object.get("metadata", "namespace").text();
    }
  return found;
}

function maySelect(selector: Value, workload: Workload): boolean {
  if (selector.isUnknown) return true;
  const entries = selector.entries();
  return (
    entries.length > 0 && entries.every(([key, value]) => value.isUnknown || workload.mayHave(key, value.text() ?? ""))
  );
}

function labelKey(namespace: string, key: string, value = ""): string {
  return `${namespace} ${key}=${value}`;
}
