import { groupOf, isKubernetesOwn, scopeOfKind, type Scope } from "./kinds";

/** An object of Kubernetes, complete enough to be applied. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** An object of one's own, and where it was found. */
export interface OwnObject {
  readonly object: KubernetesObject;
  /** File and line, e.g. `manifests/shop.yaml:12`. */
  readonly place: string;
  /** Which entry of `manifests` led to it. */
  readonly entry: number;
}

/** What tells an object from all others in a cluster. Versions of a kind show the same objects. */
export function identityOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return [groupOf(apiVersion), kind, metadata.namespace ?? "", metadata.name].join("/");
}

/** An object in words, e.g. `ConfigMap shop/settings`. */
export function wordsFor({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/**
 * An object as the API server keeps it: one of a namespace names it, another doesn't, and the status is not its author's.
 *
 * @param scope where its kind stands; undefined if that isn't known, and it is left as it is
 */
export function settledObject(object: KubernetesObject, scope: Scope | undefined): KubernetesObject {
  const { status, ...rest } = object;
  const { namespace, ...metadata } = object.metadata;
  return {
    ...(isKubernetesOwn(object) || status === undefined ? rest : object),
    metadata:
      scope === "namespaced"
        ? { ...metadata, namespace: namespace ?? "default" }
        : scope === "cluster"
          ? metadata
          : object.metadata,
  };
}

/** Where the kinds stand whose CustomResourceDefinitions are among some objects, by group and kind. */
export function definedScopes(objects: readonly KubernetesObject[]): ReadonlyMap<string, Scope> {
  return new Map(
    objects.flatMap((object) => {
      const defined = definedKind(object);
      if (!defined) return [];
      const { scope } = object.spec as { readonly scope?: unknown };
      return [[defined, scope === "Cluster" ? "cluster" : "namespaced"] as const];
    }),
  );
}

/** Group and kind that a CustomResourceDefinition brings, e.g. `example.com/Backup`; undefined for another object. */
export function definedKind({ apiVersion, kind, spec }: KubernetesObject): string | undefined {
  if (groupOf(apiVersion) !== "apiextensions.k8s.io" || kind !== "CustomResourceDefinition") return undefined;
  const { group, names } = (spec ?? {}) as { readonly group?: unknown; readonly names?: { readonly kind?: unknown } };
  return typeof group === "string" && typeof names?.kind === "string" ? `${group}/${names.kind}` : undefined;
}

/** Group and kind of an object, as `definedKind` writes them. */
export function kindOf({ apiVersion, kind }: KubernetesObject): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** Where objects of a kind stand, as far as that is known. */
export function scopeOf(object: KubernetesObject, defined: ReadonlyMap<string, Scope>): Scope | undefined {
  return scopeOfKind(groupOf(object.apiVersion), object.kind) ?? defined.get(kindOf(object));
}
