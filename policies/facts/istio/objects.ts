import type { KubernetesObject } from "../../engine/resource";
import type { Violation } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { isPlacedByCommand } from "../kubernetes/names";

export { nameOf, namespaceOf } from "../kubernetes/names";

/** Whether two are different objects, and not one that is written twice: of that K8S-DUPLICATE tells. */
export function isAnother(a: KubernetesObject, b: KubernetesObject): boolean {
  return a !== b && (a.label !== b.label || a.knownName === undefined);
}

/**
 * Makes what two objects do to each other advisory where they may never meet: they stand in files that are applied one by
 * one, and the command may say another namespace for each.
 */
export function ifApart(object: KubernetesObject, others: readonly KubernetesObject[]): Pick<Violation, "severity"> {
  const isApart = (other: KubernetesObject) =>
    object.data.origin !== other.data.origin && (isPlacedByCommand(object) || isPlacedByCommand(other));
  return others.every(isApart) ? { severity: "advisory" } : {};
}

/** The strings of a list. Throws if one is unknown. */
export function textsOf(list: Value): string[] {
  return list.list().flatMap((value) => value.text() ?? []);
}

/** `a, b and c`; of many, the first ones. */
export function listed(words: Iterable<string>): string {
  const all = [...words];
  if (all.length > 5) return `${all.slice(0, 4).join(", ")} and ${all.length - 4} more`;
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

/** `istio=ingress, app=web`, sorted. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key] ?? ""}`)
    .join(", ");
}

/** Equal data gives equal text, whatever the order of its keys. Throws if any of it is unknown. */
export function fingerprint(value: Value): string {
  return JSON.stringify(ordered(value.plain()) ?? null);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}
