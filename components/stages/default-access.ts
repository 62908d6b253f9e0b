import type * as pulumi from "@pulumi/pulumi";
import type { Enforcement } from "../access/model";
import { closedKey, defaultAccess } from "../manifests/istio/default-access";
import { namespaceKey } from "../manifests/mesh-object";
import type { ClusterRef, MeshRef } from "../references";
import type { GatewaySettings } from "../settings/gateways/schema";
import type { App } from "./app";
import type { Gateway } from "./gateway";
import { registerMeshObjects } from "./mesh-objects";
import { Stage } from "./stage";

export interface DefaultAccessArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly enforcement: Enforcement;
  readonly gateways: readonly { readonly settings: GatewaySettings; readonly gateway: Gateway }[];
  /** What lets callers in, for an enforced one to wait for. */
  readonly apps: readonly Pick<App, "access">[];
}

/**
 * A mesh that is closed to what no application's rule lets in, or that counts what would be refused if it were.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns
 */
export class DefaultAccess extends Stage {
  /** What applications' rules wait for where they are only counted. */
  readonly closed: pulumi.Resource;

  constructor(
    name: string,
    { cluster, mesh, enforcement, gateways, apps }: DefaultAccessArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("DefaultAccess", name, opts);
    const letIn = "applications";
    const settings = gateways.map((each) => each.settings);
    const objects = registerMeshObjects(defaultAccess(settings, enforcement, [letIn]), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [mesh.ready],
      given: {
        ...Object.fromEntries(
          gateways.map(({ settings: { namespace }, gateway }) => [namespaceKey(namespace), [gateway.namespace]]),
        ),
        [letIn]: apps.flatMap(({ access }) => access),
      },
    });
    const closed = objects.get(closedKey);
    if (!closed) throw new Error(`${name} has no ${closedKey}.`);
    this.closed = closed;
    this.registerOutputs();
  }
}
