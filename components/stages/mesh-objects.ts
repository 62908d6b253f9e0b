import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { MeshKind, MeshObject } from "../manifests/mesh-object";
import { oursAlone } from "../manifests/ownership";
import { transformed, type Transform } from "./transform";

type CustomResourceTransform = Transform<k8s.apiextensions.CustomResourceArgs>;

/**
 * Changes to mesh objects: by kind, for every one of it, and by key, for one alone. The kind's comes first.
 *
 * @example
 * ```ts
 * { VirtualService: (args) => { args.metadata = { ...args.metadata, labels: { team: "shop" } }; }, ingress: (_, opts) => { opts.protect = true; } }
 * ```
 */
export type MeshObjectTransforms<Key extends string = string> = Readonly<
  Partial<Record<MeshKind | Key, CustomResourceTransform>>
>;

/** Where mesh objects are registered. */
export interface MeshObjectPlace<Key extends string = string> {
  readonly parent: pulumi.Resource;
  /** The beginning of each one's name; its key is the end. */
  readonly name: string;
  readonly provider: k8s.Provider;
  /** What each waits for: istiod, whose webhook judges it, and its namespace. */
  readonly dependsOn: readonly pulumi.Resource[];
  /** What single ones wait for beside objects of the same list, by the keys that they name. */
  readonly given?: Readonly<Record<string, readonly pulumi.Resource[]>>;
  readonly transform?: MeshObjectTransforms<Key>;
}

/**
 * Makes resources of mesh objects, in their order.
 *
 * @returns the resources by the objects' keys
 */
export function registerMeshObjects<Key extends string>(
  objects: readonly MeshObject<Key>[],
  place: MeshObjectPlace<Key>,
): ReadonlyMap<Key, k8s.apiextensions.CustomResource> {
  const made = new Map<Key, k8s.apiextensions.CustomResource>();
  const given: Record<string, readonly pulumi.Resource[]> = { ...place.given };
  for (const object of objects) {
    const resource = registerMeshObject(object, { ...place, given });
    given[object.key] = [resource];
    made.set(object.key, resource);
  }
  return made;
}

/** Makes a resource of a mesh object. The one place that does. */
export function registerMeshObject<Key extends string>(
  { key, object, after, formerKey, changedByOthers = false }: MeshObject<Key>,
  { parent, name, provider, dependsOn, given = {}, transform }: MeshObjectPlace<Key>,
): k8s.apiextensions.CustomResource {
  const before = after.flatMap((each) => {
    const found = given[each];
    if (!found) throw new Error(`${name}-${key} is to wait for ${each}, which is neither given nor made before it.`);
    return found;
  });
  const { apiVersion, kind, spec } = object;
  const annotations = { ...object.metadata.annotations, ...(!changedByOthers && oursAlone) };
  const metadata = { ...object.metadata, ...(Object.keys(annotations).length > 0 && { annotations }) };
  // The model that an object was written from is frozen, and others read it; a transform may change what it gets.
  const args: k8s.apiextensions.CustomResourceArgs = copyOf({ apiVersion, kind, metadata, spec });
  const opts: pulumi.CustomResourceOptions = {
    parent,
    provider,
    dependsOn: [...dependsOn, ...before],
    ...(formerKey !== undefined && { aliases: [{ name: `${name}-${formerKey}` }] }),
  };
  const ofKind = transformed(transform?.[kind], `${name}-${key}`, args, opts);
  return new k8s.apiextensions.CustomResource(...transformed(transform?.[key], ...ofKind));
}

/** A deep copy of plain data. What is no plain map or list, e.g. an output, stays itself. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf<unknown>) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf<unknown>(inner)])) as T;
}
