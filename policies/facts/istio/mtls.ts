import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { isRootNamespace, rootNamespace } from "./mesh";
import { namespaceOf } from "./objects";
import { policiesFor } from "./policies";
import { KeyIndex } from "../key-index";
import type { Workload } from "../kubernetes/workload";

/** How a workload takes connections, and the PeerAuthentication that says so; none, where Istio's default holds. */
export interface Mtls {
  readonly mode: string;
  readonly by: KubernetesObject | undefined;
}

/** What holds for a workload's port: its own policy goes before its namespace's, and that before the mesh's. */
export function mtlsOf(inventory: Inventory, workload: Workload, port?: number): Mtls {
  const own = policiesFor("PeerAuthentication", workload, inventory).filter(
    (policy) => hasSelector(policy) && namespaceOf(policy) === workload.namespace && !isPassedOver(policy, inventory),
  );
  for (const policy of own) {
    const ofPort = port === undefined ? undefined : modeIn(policy.get("spec", "portLevelMtls", `${port}`));
    const mode = ofPort ?? modeIn(policy.get("spec", "mtls"));
    if (mode !== undefined) return { mode, by: policy };
  }
  return mtlsIn(inventory, workload.knownNamespace);
}

/** What holds in a namespace for workloads without a policy of their own. */
export function mtlsIn(inventory: Inventory, namespace: string): Mtls {
  inventory.once(peerAuthentications).assertKnown();
  const found = mtlsOfAll(inventory, namespace) ?? mtlsOfAll(inventory, rootNamespace(inventory));
  return found ?? { mode: "PERMISSIVE", by: undefined };
}

/** What a namespace's own policies for all its workloads say. */
function mtlsOfAll(inventory: Inventory, namespace: string): Mtls | undefined {
  for (const policy of inventory.once(peerAuthentications).get(namespace)) {
    const mode = modeIn(policy.get("spec", "mtls"));
    if (mode !== undefined) return { mode, by: policy };
  }
  return undefined;
}

/** Undefined where it leaves the mode to what is wider. */
function modeIn(settings: Value): string | undefined {
  const mode = settings.get("mode").text();
  return mode === "UNSET" ? undefined : mode;
}

/** PeerAuthentications for whole namespaces, by namespace. */
export function peerAuthentications(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("PeerAuthentication"), (policy) =>
    hasSelector(policy) ? [] : [namespaceOf(policy)],
  );
}

/** Whether a policy is for some workloads of its namespace only. */
export function hasSelector(policy: KubernetesObject): boolean {
  return policy.get("spec", "selector", "matchLabels").entries().length > 0;
}

/**
 * Whether Istio passes over a policy altogether: those of the root namespace are the mesh's, and have no selector.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/security/authn/policy_applier.go (ComposePeerAuthentication)
 */
export function isPassedOver(policy: KubernetesObject, inventory: Inventory): boolean {
  return hasSelector(policy) && isRootNamespace(namespaceOf(policy), inventory);
}
