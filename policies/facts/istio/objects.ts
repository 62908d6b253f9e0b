import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";

/** An object's namespace, `default` where it is left out. Throws if it is unknown. */
export function namespaceOf(object: KubernetesObject): string {
  return object.namespace ?? object.get("metadata", "namespace").text() ?? "default";
}

/** Whether two are different objects, and not one that is written twice: of that K8S-DUPLICATE tells. */
export function isAnother(a: KubernetesObject, b: KubernetesObject): boolean {
  return a !== b && (a.label !== b.label || a.knownName === undefined);
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

/** The Release of a chart, if it is here. Throws if it isn't, but one whose chart is unknown may be it. */
export function releaseOf(chart: string, { releases }: Inventory): HelmRelease | undefined {
  const found = releases.find((release) => !release.get("chart").isUnknown && release.chart === chart);
  return found ?? releases.find((release) => release.chart === chart);
}

/** Mesh configuration, as istiod's chart is given it; undefined if istiod is installed elsewhere. */
export function meshConfig(inventory: Inventory): Value | undefined {
  return releaseOf("istiod", inventory)?.values.get("meshConfig");
}

/** The namespace whose policies are the whole mesh's. */
export function rootNamespace(inventory: Inventory): string {
  const istiod = releaseOf("istiod", inventory);
  if (!istiod) return "istio-system";
  const own = istiod.values.get("meshConfig", "rootNamespace").text();
  return own ?? istiod.values.get("global", "istioNamespace").text() ?? "istio-system";
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
