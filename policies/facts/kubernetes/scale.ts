import { groupBy, type Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { nameOf, namespaceOf } from "./names";

/** The autoscaler of a workload, if it is here. Throws if it isn't, but one whose target is unknown may be it. */
function autoscalerOf(workload: KubernetesObject, inventory: Inventory): KubernetesObject | undefined {
  if (inventory.objects("HorizontalPodAutoscaler").length === 0) return undefined;
  const key = targetKey(namespaceOf(workload), workload.kind, nameOf(workload) ?? "");
  const found = inventory.once(byTarget).get(key);
  if (found?.[0]) return found[0];
  // Reading says that it is unknown.
  for (const scaler of inventory.once(withUnknownTarget)) for (const value of targetOf(scaler)) value.text();
  return undefined;
}

/** How many pods a workload has at least, and where that is written. */
export function fewestPods(
  workload: KubernetesObject,
  inventory: Inventory,
): { readonly count: number; readonly at: Value } {
  const scaler = autoscalerOf(workload, inventory);
  const at = scaler ? scaler.get("spec", "minReplicas") : workload.get("spec", "replicas");
  return { count: at.number() ?? 1, at };
}

function byTarget(inventory: Inventory): ReadonlyMap<string, readonly KubernetesObject[]> {
  return groupBy(inventory.objects("HorizontalPodAutoscaler"), (scaler) => {
    const [kind, name] = targetOf(scaler);
    return kind.isUnknown || name.isUnknown
      ? undefined
      : targetKey(scaler.namespace, kind.text() ?? "", name.text() ?? "");
  });
}

function withUnknownTarget(inventory: Inventory): KubernetesObject[] {
  return inventory
    .objects("HorizontalPodAutoscaler")
    .filter((scaler) => targetOf(scaler).some((value) => value.isUnknown) || scaler.namespace === undefined);
}

/** Kind and name, and the namespace, which they share. */
function targetOf(scaler: KubernetesObject): [Value, Value, Value] {
  const target = scaler.get("spec", "scaleTargetRef");
  return [target.get("kind"), target.get("name"), scaler.get("metadata", "namespace")];
}

function targetKey(namespace: string | undefined, kind: string, name: string): string {
  return `${kind} ${namespace ?? "(unknown)"}/${name}`;
}
