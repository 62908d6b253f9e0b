import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { istioEgressGateway } from "../manifests/charts/istio-gateway";
import { injectionLabels } from "../manifests/istio/injection";
import { namespaceManifest } from "../manifests/kubernetes/namespace";
import { enforced } from "../manifests/kubernetes/pod-security";
import type { ClusterRef, EgressGatewayRef, MeshRef } from "../references";
import type { EgressGatewaySettings } from "../settings/gateways/egress-schema";
import type { MeshSettings } from "../settings/mesh/schema";
import { ownNamespaceName } from "./gateway-namespaces";
import { helmRelease } from "./helm-release";
import { objectName } from "./object-name";
import { Stage } from "./stage";
import type { Transform } from "./transform";

export interface EgressGatewayArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly gateway: EgressGatewaySettings;
  /** The gateway's chart is Istio's, of the mesh's version; its pods are of the mesh's control plane. */
  readonly istio: Pick<MeshSettings, "repository" | "version" | "revision">;
  /** Changes to its pods, where no setting reaches. */
  readonly transform?: Transform<k8s.helm.v3.ReleaseArgs> | undefined;
}

/**
 * A way out: Envoys inside the cluster by which calls leave the mesh, to the names of `external` that say so. It has no load
 * balancer, and costs what its pods take of the nodes.
 *
 * @example
 * ```ts
 * const [gateway] = settings.egressGateways;
 * new EgressGateway("shop-egress-gateway", { cluster, mesh, gateway, istio: settings.mesh });
 * ```
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class EgressGateway extends Stage implements EgressGatewayRef {
  readonly namespace: pulumi.Resource;
  readonly ready: pulumi.Resource;

  constructor(name: string, args: EgressGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("EgressGateway", name, opts);
    const { cluster, mesh, gateway, istio, transform } = args;
    const child = { parent: this, provider: cluster.provider };
    this.namespace = new k8s.core.v1.Namespace(
      ownNamespaceName(cluster, gateway.namespace),
      namespaceManifest({
        name: gateway.namespace,
        // The chart's pods have no seccomp profile, which is all that "restricted" would refuse.
        labels: { ...injectionLabels(istio.revision), ...enforced("baseline") },
      }),
      // A namespace ends when its pods have ended, which takes nodes.
      { ...child, dependsOn: [...cluster.nodes] },
    );
    this.ready = helmRelease(
      objectName(cluster.name, gateway),
      istioEgressGateway(gateway, istio),
      { namespace: this.namespace, mesh: mesh.ready, dns: cluster.dns },
      child,
      transform,
    );
    this.registerOutputs();
  }
}

/**
 * Each egress gateway of a stack, below the platform.
 *
 * @param name the platform's name
 * @returns the gateways by their keys in the stack file
 */
export function makeEgressGateways(
  name: string,
  { gateways, ...args }: Omit<EgressGatewayArgs, "gateway"> & { readonly gateways: readonly EgressGatewaySettings[] },
  opts: pulumi.ComponentResourceOptions,
): ReadonlyMap<string, EgressGateway> {
  return new Map(
    gateways.map((gateway) => [
      gateway.key,
      new EgressGateway(`${name}-egress-gateway-${gateway.key}`, { ...args, gateway }, opts),
    ]),
  );
}
