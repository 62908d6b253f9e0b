import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import { listed } from "../../../facts/istio/objects";
import { actionOf, policiesFor } from "../../../facts/istio/policies";
import { workloads } from "../../../facts/istio/workloads";
import { hasProxy } from "../../../facts/istio/injection";
import { KeyIndex } from "../../../facts/key-index";
import type { Workload } from "../../../facts/kubernetes/workload";

/**
 * Where access is a matter of policies at all, every workload has one. A stack without any AuthorizationPolicy leaves
 * access to the network, which is a choice and no mistake: nothing is said of it.
 */
export const authzDefault: Rule = {
  id: "IST-AUTHZ-DEFAULT",
  severity: "advisory",
  title: "once there are AuthorizationPolicies, every workload is under one that allows",
  why: "A workload that no ALLOW policy is for lets in every caller of the mesh, which is easily missed once the others don't.",
  fix: "Add a policy without rules to each namespace: it lets nothing in that another policy doesn't allow.",
  codes: ["KIA1301"],
  docs: "https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns",

  judge: (inventory, check) => {
    if (inventory.objects("AuthorizationPolicy").length === 0) return;
    const byNamespace = inventory.once(workloadsByNamespace);
    for (const [namespace, all] of byNamespace.groups) {
      const open: Workload[] = [];
      check.each(all, (one) => {
        if (isOpen(one, inventory)) open.push(one);
      });
      check.each(open.slice(0, 1), ({ resource }) => {
        // The finding lists all: each of these, and of those that may be there, must be judged.
        byNamespace.assertKnown();
        const names = all.filter((one) => isOpen(one, inventory)).map((one) => one.resource.label);
        check.violation(resource, {
          message: `no AuthorizationPolicy in the namespace ${namespace} allows anything for ${listed(names)}, so every caller of the mesh gets in.`,
          fix: `Add an AuthorizationPolicy with an empty spec to the namespace ${namespace}, and allow the callers that may.`,
        });
      });
    }
    check.each(workloads(inventory), (one) => {
      if (one.namespace === undefined) isOpen(one, inventory);
    });
  },
};

function workloadsByNamespace(inventory: Inventory): KeyIndex<Workload> {
  return new KeyIndex(workloads(inventory), (one) => (one.isGateway ? [] : [one.knownNamespace]));
}

/** Whether its proxy lets in every caller. */
function isOpen(workload: Workload, inventory: Inventory): boolean {
  return !workload.isGateway && hasProxy(workload, inventory) === true && !isCovered(workload, inventory);
}

function isCovered(workload: Workload, inventory: Inventory): boolean {
  return policiesFor("AuthorizationPolicy", workload, inventory).some((policy) =>
    ["ALLOW", "CUSTOM"].includes(actionOf(policy)),
  );
}
