import type { Enforcement } from "../../access/model";
import { leavingBy } from "../../access/leaving";
import type { EgressGatewaySettings } from "../../settings/gateways/egress-schema";
import type { GatewaySettings } from "../../settings/gateways/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import type { Settings } from "../../settings/settings";
import { namespaceKey, type MeshObject } from "../mesh-object";
import { gatewayLabels } from "../names";
import { everybodyAllowed, nothingAllowed, somebodyAllowed } from "./authorization-policy";

/** The key of the policy that closes the mesh. */
export const closedKey = "closed";

/** An egress gateway, and who may leave by it to which names. */
export interface WayOut {
  readonly gateway: EgressGatewaySettings;
  readonly callers: readonly { readonly hosts: readonly string[]; readonly principals: readonly string[] }[];
}

/** The egress gateways of a stack that somebody may leave by: the applications that say so in `calls`. */
export function waysOut({
  egressGateways,
  external,
  apps,
}: Pick<Settings, "egressGateways" | "external" | "apps">): WayOut[] {
  return egressGateways
    .map((gateway) => ({
      gateway,
      callers: Object.entries(external)
        .filter(([, { via }]) => via === gateway.key)
        .map(([name, { hosts }]) => ({ hosts, principals: leavingBy(name, { apps, external }) }))
        .filter(({ principals }) => principals.length > 0),
    }))
    .filter(({ callers }) => callers.length > 0);
}

/** What stays open in a closed mesh. */
export interface Open {
  readonly gateways: readonly GatewaySettings[];
  readonly waysOut: readonly WayOut[];
}

/** The key of the policy that lets in to a gateway. */
export function openKey(gateway: string): string {
  return `gateway-${gateway}`;
}

/**
 * A mesh in which nobody may call what no rule lets them. Its ingress gateways are left open: what may go on from there is for
 * the applications to say. Its egress gateways let out who lists a name in `calls`, and to that name.
 *
 * Enforced, it closes the mesh last, when all that lets in stands. Counting only, it is there first: on the way back from
 * an enforced one it opens the mesh before any application's rules stop letting in.
 */
export function defaultAccess(
  { gateways, waysOut: out }: Open,
  enforcement: Enforcement,
  letIn: readonly string[],
): MeshObject[] {
  const allowed = [
    ...gateways.map((gateway) => ({ gateway, object: everybodyAllowed(podsOf(gateway), enforcement) })),
    ...out.map(({ gateway, callers }) => ({ gateway, object: somebodyAllowed(podsOf(gateway), callers, enforcement) })),
  ];
  const open = allowed.map(({ gateway: { key, namespace }, object }): MeshObject => ({
    key: openKey(key),
    object,
    after: [namespaceKey(namespace), ...(enforcement === "dryRun" ? [closedKey] : [])],
  }));
  const closed: MeshObject = {
    key: closedKey,
    object: nothingAllowed(rootNamespace, enforcement),
    after: enforcement === "enforced" ? [...open.map(({ key }) => key), ...letIn] : [],
  };
  return enforcement === "enforced" ? [...open, closed] : [closed, ...open];
}

function podsOf({ name, namespace }: Pick<GatewaySettings, "name" | "namespace">) {
  return { name, namespace, pods: gatewayLabels(name) };
}
