import type { Inventory, Kind } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";

/** An object's namespace, `default` where it is left out. Throws if it is unknown. */
export function namespaceOf(object: KubernetesObject): string {
  return object.namespace ?? object.get("metadata", "namespace").text() ?? "default";
}

/** Whether the command that applies an object decides where it goes: its file doesn't say a namespace. */
export function isPlacedByCommand(object: KubernetesObject): boolean {
  return object.data.source === "yaml" && !object.get("metadata", "namespace").exists;
}

/** An object's name; undefined where Pulumi or the API server makes one up. Throws if it is unknown. */
export function nameOf(object: KubernetesObject): string | undefined {
  return object.knownName ?? object.get("metadata", "name").text();
}

/**
 * The objects of a kind in a namespace, and those whose namespace is unknown: ask `namespaceOf` of each before it decides
 * anything, so that it is told what isn't known.
 */
export function mayBeIn(kind: Kind, namespace: string, inventory: Inventory): readonly KubernetesObject[] {
  const known = inventory.inNamespace(kind, namespace);
  const unknown = inventory.withoutNamespace(kind);
  return unknown.length === 0 ? known : [...known, ...unknown];
}

/** Whether an object of a kind is in a namespace. Throws if none is known to be, but one may be. */
export function hasAny(kind: Kind, namespace: string, inventory: Inventory): boolean {
  return mayBeIn(kind, namespace, inventory).some((object) => namespaceOf(object) === namespace);
}
