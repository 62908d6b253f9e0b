import type { Enforcement } from "../../access/model";
import type { GatewaySettings } from "../../settings/gateways/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import { namespaceKey, type MeshObject } from "../mesh-object";
import { gatewayLabels } from "../names";
import { everybodyAllowed, nothingAllowed } from "./authorization-policy";

/** The key of the policy that closes the mesh. */
export const closedKey = "closed";

/**
 * A mesh in which nobody may call what no rule lets them, its gateways left open: what may go on from there is for the
 * applications to say.
 *
 * Enforced, it closes the mesh last, when all that lets in stands. Counting only, it is there first: on the way back from
 * an enforced one it opens the mesh before any application's rules stop letting in.
 */
export function defaultAccess(
  gateways: readonly GatewaySettings[],
  enforcement: Enforcement,
  letIn: readonly string[],
): MeshObject[] {
  const open = gateways.map(({ key, name, namespace }): MeshObject => ({
    key: `gateway-${key}`,
    object: everybodyAllowed(name, namespace, gatewayLabels(name), enforcement),
    after: [namespaceKey(namespace), ...(enforcement === "dryRun" ? [closedKey] : [])],
  }));
  const closed: MeshObject = {
    key: closedKey,
    object: nothingAllowed(rootNamespace, enforcement),
    after: enforcement === "enforced" ? [...open.map(({ key }) => key), ...letIn] : [],
  };
  return enforcement === "enforced" ? [...open, closed] : [closed, ...open];
}
