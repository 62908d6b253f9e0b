import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import { rootNamespace } from "./mesh";
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
    (policy) => hasSelector(policy) && namespaceOf(policy) === workload.namespace,
  );
  for (const policy of own) {
    const mode =
      (port === undefined ? undefined : policy.get("spec", "portLevelMtls", `${port}`, "mode").text()) ??
      policy.get("spec", "mtls", "mode").text();
    if (mode !== undefined && mode !== "UNSET") return { mode, by: policy };
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
    const mode = policy.get("spec", "mtls", "mode").text();
    if (mode !== undefined && mode !== "UNSET") return { mode, by: policy };
  }
  return undefined;
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
