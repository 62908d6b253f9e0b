import type * as pulumi from "@pulumi/pulumi";
import { externalObjects } from "../manifests/istio/service-entry";
import type { ClusterRef, MeshRef } from "../references";
import type { Settings } from "../settings/settings";
import { registerMeshObjects } from "./mesh-objects";
import { Stage } from "./stage";

export interface ExternalArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly external: Settings["external"];
}

/**
 * What lies outside of the mesh and applications may call, known to every namespace.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/
 */
export class External extends Stage {
  constructor(name: string, { cluster, mesh, external }: ExternalArgs, opts?: pulumi.ComponentResourceOptions) {
    super("External", name, opts);
    registerMeshObjects(externalObjects(external), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [mesh.ready],
    });
    this.registerOutputs();
  }
}
