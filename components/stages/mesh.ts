import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "./helm-release";
import { registerMeshObject, registerMeshObjects } from "./mesh-objects";
import { istioBase } from "../manifests/charts/istio-base";
import { istiod } from "../manifests/charts/istiod";
import { dataPlanesOf, type DataPlaneSettings } from "../manifests/istio/data-plane";
import { namespaceManifest } from "../manifests/kubernetes/namespace";
import { enforced } from "../manifests/kubernetes/pod-security";
import { mtlsObject, mtlsOverrideObjects } from "../manifests/istio/peer-authentication";
import { namespaceKey } from "../manifests/mesh-object";
import type { ClusterRef, MeshRef } from "../references";
import { rootNamespace } from "../settings/namespaces/reserved-namespaces";
import type { MeshSettings } from "../settings/mesh/schema";
import { protection } from "./protection";
import { Stage } from "./stage";
import type { Transform } from "./transform";

export interface MeshArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshSettings;
  /** Whether istiod fetches keys of tokens, for `jwt` of an application. Default: false. */
  readonly fetchesKeys?: boolean;
  /** What the stack file says of single namespaces, some of whose pods may be in the mesh in another way. */
  readonly namespaces: DataPlaneSettings["namespaces"];
  /** Protect istiod from deletion: without it no pod of the mesh starts. Default: false. */
  readonly protect?: boolean;
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
 * const mesh = new Mesh("shop-mesh", { cluster, mesh: settings.mesh, namespaces: settings.namespaces });
 * ```
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export class Mesh extends Stage implements MeshRef {
  readonly dataPlaneOf: MeshRef["dataPlaneOf"];
  readonly ready: pulumi.Resource;

  constructor(
    name: string,
    { cluster, mesh, fetchesKeys = false, namespaces, protect = false, transform }: MeshArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("Mesh", name, opts);
    this.dataPlaneOf = dataPlanesOf({ mesh, namespaces });
    const child = { parent: this, provider: cluster.provider };

    // A namespace ends when its pods have ended, which takes nodes.
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      namespaceManifest({ name: rootNamespace, labels: enforced("restricted") }),
      {
        ...child,
        dependsOn: [...cluster.nodes],
      },
    );
    const crds = helmRelease(`${name}-base`, istioBase(mesh), { namespace }, child, transform?.base);
    const { nodes } = cluster;
    this.ready = helmRelease(
      `${name}-istiod`,
      istiod(mesh, fetchesKeys),
      { crds, nodes },
      { ...child, ...protection(protect) },
      transform?.istiod,
    );
    registerMeshObject(mtlsObject(mesh.mtls.mode), { ...child, name, dependsOn: [this.ready] });
    this.registerOutputs();
  }
}

export interface MtlsOverridesArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly overrides: MeshSettings["mtls"]["overrides"];
  /** What makes a namespace, if it is this stack. */
  readonly madeBy: (namespace: string) => readonly pulumi.Resource[];
}

/** Exceptions from the mesh's mutual TLS, each in its namespace. */
export class MtlsOverrides extends Stage {
  constructor(
    name: string,
    { cluster, mesh, overrides, madeBy }: MtlsOverridesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("MtlsOverrides", name, opts);
    const namespaces = Object.values(overrides).map(({ namespace }) => namespace);
    registerMeshObjects(mtlsOverrideObjects(overrides), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [mesh.ready],
      given: Object.fromEntries(namespaces.map((each) => [namespaceKey(each), madeBy(each)])),
    });
    this.registerOutputs();
  }
}
