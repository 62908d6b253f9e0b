import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { namespaceLabels } from "../manifests/istio/data-plane";
import { namespaceManifest } from "../manifests/kubernetes/namespace";
import { podSecurityLabels } from "../manifests/kubernetes/pod-security";
import type { ClusterRef, LoadBalancerControllerRef, MeshRef, NamespaceRef } from "../references";
import type { NamespaceSettings } from "../settings/namespaces/schema";
import { Stage } from "./stage";

export interface NamespacesArgs {
  readonly cluster: ClusterRef;
  /** What removes the load balancers of Services that anybody makes in them. */
  readonly controller: LoadBalancerControllerRef;
  readonly mesh: Pick<MeshRef, "dataPlaneOf">;
  /** Names that applications use, each as often as they like. */
  readonly names: readonly string[];
  /** What the stack file says of single ones. */
  readonly settings: ReadonlyMap<string, NamespaceSettings>;
}

/** Namespaces of the applications: each is made once, and goes with its last application. */
export class Namespaces extends Stage {
  private readonly refs = new Map<string, NamespaceRef>();
  private readonly dataPlaneOf: MeshRef["dataPlaneOf"];

  constructor(
    name: string,
    { cluster, controller, mesh, names, settings }: NamespacesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("Namespaces", name, opts);
    this.dataPlaneOf = mesh.dataPlaneOf;
    for (const namespace of new Set(names)) {
      const { create = true, injection = true, podSecurity, labels } = settings.get(namespace) ?? {};
      if (!create) continue;
      const dataPlane = this.dataPlaneOf(namespace);
      const manifest = namespaceManifest({
        name: namespace,
        labels: { ...namespaceLabels(dataPlane, injection), ...podSecurityLabels(podSecurity), ...labels },
      });
      // A namespace ends when its pods have ended, which takes nodes and what their volumes hang on, and when its Services
      // are rid of their load balancers. Whose they are doesn't matter.
      const resource = new k8s.core.v1.Namespace(`${name}-${namespace}`, manifest, {
        parent: this,
        provider: cluster.provider,
        dependsOn: [...cluster.nodes, cluster.volumes, controller.ready],
      });
      this.refs.set(namespace, { name: namespace, dataPlane, ready: [resource] });
    }
    this.registerOutputs();
  }

  /** The namespace of a name: one of these, or one that somebody else made. */
  of(name: string): NamespaceRef {
    return this.refs.get(name) ?? { name, dataPlane: this.dataPlaneOf(name), ready: [] };
  }
}
