import type { Inventory } from "../../../inventory";
import type { KubernetesObject } from "../../../resource";
import { namespaceOf, rootNamespace } from "./objects";
import { Sorted } from "./sorted";
import { labelOf, type Workload } from "./workloads";

/** How a workload takes connections, and the PeerAuthentication that says so; none, where Istio's default holds. */
export interface Mtls {
  readonly mode: string;
  readonly by: KubernetesObject | undefined;
}

/** What holds for a workload's port: its own policy goes before its namespace's, and that before the mesh's. */
export function mtlsOf(inventory: Inventory, workload: Workload, port?: number): Mtls {
  const { namespace } = workload;
  const policies = inventory.once(peerAuthentications);
  policies.settle();
  const own = policies.get(namespace ?? "").filter(hasSelector);
  for (const policy of own) {
    if (!matches(policy, workload)) continue;
    const mode =
      (port === undefined ? undefined : policy.get("spec", "portLevelMtls", `${port}`, "mode").text()) ??
      policy.get("spec", "mtls", "mode").text();
    if (mode !== undefined && mode !== "UNSET") return { mode, by: policy };
  }
  return mtlsIn(inventory, namespace ?? "");
}

/** What holds in a namespace for workloads without a policy of their own. */
export function mtlsIn(inventory: Inventory, namespace: string): Mtls {
  const policies = inventory.once(peerAuthentications);
  policies.settle();
  for (const place of new Set([namespace, rootNamespace(inventory)]))
    for (const policy of policies.get(place)) {
      const mode = policy.get("spec", "mtls", "mode").text();
      if (!hasSelector(policy) && mode !== undefined && mode !== "UNSET") return { mode, by: policy };
    }
  return { mode: "PERMISSIVE", by: undefined };
}

/** PeerAuthentications by namespace. */
export function peerAuthentications(inventory: Inventory): Sorted<KubernetesObject> {
  return new Sorted(inventory.objects("PeerAuthentication"), (policy) => [namespaceOf(policy)]);
}

/** Whether a policy is for some workloads of its namespace only. */
export function hasSelector(policy: KubernetesObject): boolean {
  return policy.get("spec", "selector", "matchLabels").entries().length > 0;
}

function matches(policy: KubernetesObject, workload: Workload): boolean {
  const wanted = policy.get("spec", "selector", "matchLabels").entries();
  return wanted.every(([key, value]) => labelOf(workload, key) === value.text());
}
