import type * as pulumi from "@pulumi/pulumi";
import { externalObjects } from "../manifests/istio/service-entry";
import { gatewayKey, namespaceKey } from "../manifests/mesh-object";
import type { ClusterRef, EgressGatewayRef, MeshRef } from "../references";
import type { Settings } from "../settings/settings";
import { registerMeshObjects } from "./mesh-objects";
import { Stage } from "./stage";

export interface ExternalArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly settings: Pick<Settings, "apps" | "egressGateways" | "external">;
  /** The stack's egress gateways, by their keys in the stack file. */
  readonly egressGateways: ReadonlyMap<string, EgressGatewayRef>;
  /** What lets out by an egress gateway, where the mesh is closed. A call that leaves by it waits for it. */
  readonly letsOut: (gateway: string) => readonly pulumi.Resource[];
}

/**
 * What lies outside of the mesh and applications may call, known to every namespace, and by which gateway calls leave.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/
 */
export class External extends Stage {
  constructor(
    name: string,
    { cluster, mesh, settings, egressGateways, letsOut }: ExternalArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("External", name, opts);
    const given = settings.egressGateways.flatMap(({ key, namespace }) => {
      const gateway = egressGateways.get(key);
      return gateway
        ? [
            [namespaceKey(namespace), [gateway.namespace]] as const,
            [gatewayKey(key), [gateway.ready, ...letsOut(key)]] as const,
          ]
        : [];
    });
    registerMeshObjects(externalObjects(settings), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [mesh.ready],
      given: Object.fromEntries(given),
    });
    this.registerOutputs();
  }
}
