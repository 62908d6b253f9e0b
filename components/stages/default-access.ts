import type * as pulumi from "@pulumi/pulumi";
import type { Enforcement } from "../access/model";
import { closedKey, defaultAccess, openKey, type WayOut } from "../manifests/istio/default-access";
import { namespaceKey } from "../manifests/mesh-object";
import type { ClusterRef, EgressGatewayRef, MeshRef } from "../references";
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
  /** Egress gateways that somebody may leave by. */
  readonly waysOut: readonly { readonly wayOut: WayOut; readonly gateway: EgressGatewayRef }[];
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
  /** What lets in to a gateway, by its key in the stack file. */
  private readonly open: (gateway: string) => pulumi.Resource | undefined;

  constructor(
    name: string,
    { cluster, mesh, enforcement, gateways, waysOut, apps }: DefaultAccessArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("DefaultAccess", name, opts);
    const letIn = "applications";
    const open = { gateways: gateways.map(({ settings }) => settings), waysOut: waysOut.map(({ wayOut }) => wayOut) };
    const namespaces = [
      ...gateways.map(
        ({ settings: { namespace }, gateway }) => [namespaceKey(namespace), [gateway.namespace]] as const,
      ),
      ...waysOut.map(({ wayOut, gateway }) => [namespaceKey(wayOut.gateway.namespace), [gateway.namespace]] as const),
    ];
    const objects = registerMeshObjects(defaultAccess(open, enforcement, [letIn]), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [mesh.ready],
      given: {
        ...Object.fromEntries(namespaces),
        [letIn]: apps.flatMap(({ access }) => access),
      },
    });
    const closed = objects.get(closedKey);
    if (!closed) throw new Error(`${name} has no ${closedKey}.`);
    this.closed = closed;
    this.open = (gateway) => objects.get(openKey(gateway));
    this.registerOutputs();
  }

  /** What lets in to a gateway; nothing where nobody may. */
  opens(gateway: string): readonly pulumi.Resource[] {
    const found = this.open(gateway);
    return found ? [found] : [];
  }
}
