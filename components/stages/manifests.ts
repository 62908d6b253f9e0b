import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterRef, LoadBalancerControllerRef, MeshRef } from "../references";
import { groupOf } from "../settings/manifests/kinds";
import { definedKind, kindOf, type KubernetesObject } from "../settings/manifests/object";
import { Stage } from "./stage";

export interface ManifestsArgs {
  readonly cluster: ClusterRef;
  readonly mesh: Pick<MeshRef, "ready">;
  /** What makes and removes load balancers, if an object is one's. */
  readonly controller: LoadBalancerControllerRef;
  /** In any order. */
  readonly objects: readonly KubernetesObject[];
  /** What makes a namespace, if it is this stack and none of these objects. */
  readonly madeBy: (namespace: string) => readonly pulumi.Resource[];
}

/**
 * Kubernetes objects that somebody else wrote, each a resource of its own: previews show it, policies judge it, and a destroy
 * removes it before what it needs.
 *
 * @example
 * ```ts
 * new Manifests("shop-manifests", { cluster, mesh, controller, objects: settings.manifests.map(({ object }) => object), madeBy: () => [] });
 * ```
 */
export class Manifests extends Stage {
  constructor(
    name: string,
    { cluster, mesh, controller, objects, madeBy }: ManifestsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("Manifests", name, opts);
    // istiod's webhooks judge and inject; pods need names and volumes; what has a load balancer ends when that is gone.
    const base = [mesh.ready, controller.ready, cluster.dns, cluster.volumes];
    const needed = new Map<string, pulumi.Resource>();
    const register = (object: KubernetesObject) => {
      const { namespace } = object.metadata;
      const own = [namespaceNeed(namespace), kindOf(object)].flatMap((need) => needed.get(need) ?? []);
      const others = namespace === undefined || needed.has(namespaceNeed(namespace)) ? [] : madeBy(namespace);
      const resource = manifestResource(`${name}-${nameOf(object)}`, object, {
        parent: this,
        provider: cluster.provider,
        dependsOn: [...base, ...own, ...others],
      });
      const need = definedKind(object) ?? (isNamespace(object) ? namespaceNeed(object.metadata.name) : undefined);
      if (need !== undefined) needed.set(need, resource);
    };
    const isNeeded = (object: KubernetesObject) => isNamespace(object) || definedKind(object) !== undefined;
    objects.filter(isNeeded).forEach(register);
    objects.filter((object) => !isNeeded(object)).forEach(register);
    this.registerOutputs();
  }
}

/** An object's identity in Pulumi is that in the cluster: which file it stands in doesn't matter. */
function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join("/");
}

function isNamespace({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === "v1" && kind === "Namespace";
}

function namespaceNeed(name: string | undefined): string {
  return `namespace ${name ?? ""}`;
}

type ObjectClass = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** A resource of an object: of the package's own class, or a custom resource where there is none. */
function manifestResource(
  name: string,
  object: KubernetesObject,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const args = withSecrets(object);
  const Class = classOf(object);
  if (!Class) return new k8s.apiextensions.CustomResource(name, args, opts);
  // A class leaves out fields that it doesn't know. With a typo in it, a field is to be seen by policies and the API server.
  const whole: pulumi.ResourceTransformation = ({ props, opts }) => ({
    props: { ...args, ...(props as object) },
    opts,
  });
  return new Class(name, args, { ...opts, transformations: [whole] });
}

/** What a Secret holds stays encrypted in the state, and out of what previews print, under a misspelt key as well. */
function withSecrets(object: KubernetesObject): KubernetesObject {
  if (object.apiVersion !== "v1" || object.kind !== "Secret") return object;
  const { apiVersion, kind, metadata, type, immutable, ...held } = object;
  const secrets = Object.fromEntries(Object.entries(held).map(([key, value]) => [key, pulumi.secret(value)]));
  return {
    apiVersion,
    kind,
    metadata,
    ...(type !== undefined && { type }),
    ...(immutable !== undefined && { immutable }),
    ...secrets,
  };
}

/** The class of a kind in Pulumi's package, whose modules are called like the groups' first words: `rbac`, `apps`, `core`. */
export function classOf({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): ObjectClass | undefined {
  const group = groupOf(apiVersion) || "core";
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const modules = k8s as unknown as Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> | undefined>
  >;
  const found = modules[group.split(".")[0] ?? ""]?.[version]?.[kind] as
    (ObjectClass & { readonly __pulumiType?: string }) | undefined;
  // Other modules have names like groups, and classes like kinds.
  return found?.__pulumiType === `kubernetes:${group}/${version}:${kind}` && isObjectGroup(group) ? found : undefined;
}

/** Whether a group is Kubernetes', and no tool's that Pulumi's package has classes for, such as helm.sh. */
function isObjectGroup(group: string): boolean {
  return group.endsWith(".k8s.io") || ["core", "apps", "autoscaling", "batch", "policy"].includes(group);
}
