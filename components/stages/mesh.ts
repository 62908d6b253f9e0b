import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartSource, helmRelease } from "./helm-release";
import { registerMeshObject, registerMeshObjects } from "./mesh-objects";
import { baseValues, istiodValues } from "../manifests/charts/istio-values";
import { namespaceManifest } from "../manifests/kubernetes/namespace";
import { mtlsObject, mtlsOverrideObjects } from "../manifests/istio/peer-authentication";
import { namespaceKey } from "../manifests/mesh-object";
import type { ClusterRef, MeshRef, NamespaceRef } from "../references";
import { rootNamespace } from "../settings/namespaces/reserved-namespaces";
import type { MeshSettings } from "../settings/mesh/schema";
import { Stage } from "./stage";
import type { Transform } from "./transform";

export interface MeshArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshSettings;
  /** Changes to single children. */
  readonly transform?: {
    readonly base?: Transform<k8s.helm.v3.ReleaseArgs>;
    readonly istiod?: Transform<k8s.helm.v3.ReleaseArgs>;
  };
}

/**
 * Istio's control plane: its CRDs, istiod in two pods or more, and mutual TLS for the whole mesh.
 *
 * Istio keeps its CRDs when it is uninstalled; they go with the cluster.
 *
 * @example
 * ```ts
 * const mesh = new Mesh("shop-mesh", { cluster, mesh: settings.mesh });
 * ```
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export class Mesh extends Stage implements MeshRef {
  readonly revision?: string;
  readonly sidecarResources: MeshSettings["proxy"]["resources"];
  readonly ready: pulumi.Resource;

  constructor(name: string, { cluster, mesh, transform }: MeshArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Mesh", name, opts);
    this.revision = mesh.revision;
    this.sidecarResources = mesh.proxy.resources;
    const child = { parent: this, provider: cluster.provider };
    const chart = (chartName: string) => chartSource(mesh.repository, chartName, mesh.version);

    // A namespace ends when its pods have ended, which takes nodes.
    const namespace = new k8s.core.v1.Namespace(`${name}-namespace`, namespaceManifest({ name: rootNamespace }), {
      ...child,
      dependsOn: [...cluster.nodes],
    });
    const base = helmRelease(
      `${name}-base`,
      {
        release: "istio-base",
        namespace: rootNamespace,
        chart: chart("base"),
        values: baseValues(mesh),
        transform: transform?.base,
      },
      { ...child, dependsOn: [namespace] },
    );
    this.ready = helmRelease(
      `${name}-istiod`,
      {
        release: "istiod",
        namespace: rootNamespace,
        chart: chart("istiod"),
        values: istiodValues(mesh),
        transform: transform?.istiod,
      },
      { ...child, dependsOn: [base, ...cluster.nodes] },
    );
    registerMeshObject(mtlsObject(mesh.mtls.mode), { ...child, name, dependsOn: [this.ready] });
    this.registerOutputs();
  }
}

export interface MtlsOverridesArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly overrides: MeshSettings["mtls"]["overrides"];
  /** The namespace of a name: one of this stack, or one that exists. */
  readonly namespaceOf: (name: string) => NamespaceRef;
}

/** Exceptions from the mesh's mutual TLS, each in its namespace. */
export class MtlsOverrides extends Stage {
  constructor(
    name: string,
    { cluster, mesh, overrides, namespaceOf }: MtlsOverridesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("MtlsOverrides", name, opts);
    const namespaces = Object.values(overrides).map(({ namespace }) => namespace);
    registerMeshObjects(mtlsOverrideObjects(overrides), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [mesh.ready],
      given: Object.fromEntries(namespaces.map((each) => [namespaceKey(each), namespaceOf(each).ready])),
    });
    this.registerOutputs();
  }
}
