import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { withoutPods } from "../../../facts/causes";
import { labelText, namespaceOf } from "../../../facts/istio/objects";
import { hasTarget, isMeshWide, policyKinds, selectorOf, subjectsOf } from "../../../facts/istio/policies";
import { isFilledByOthers, selected } from "../../../facts/istio/workloads";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** A policy for some workloads finds them. */
export const policySelector: Rule = {
  id: "IST-POLICY-SELECTOR",
  severity: "mandatory",
  title: "a policy that selects workloads selects some",
  why: "A policy that no workload carries the labels of protects nothing, and nobody notices.",
  fix: "Select labels that the pods carry.",
  codes: ["IST0101", "IST0127", "KIA0004"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0127/",

  judge: (inventory, check) => {
    for (const kind of policyKinds)
      check.each(inventory.objects(kind), (policy) => {
        judge(policy, inventory, check);
      });
  },
};

function judge(policy: KubernetesObject, inventory: Inventory, check: Check): void {
  const selector = selectorOf(policy);
  const labels = selector.texts();
  const namespace = namespaceOf(policy);
  // Of a mesh's namespaces, some are always others'.
  if (Object.keys(labels).length === 0 || hasTarget(policy) || isMeshWide(policy, inventory)) return;
  if (isFilledByOthers(inventory, namespace)) return;
  const subjects = subjectsOf(policy, inventory);
  if (subjects.found.length > 0) return;
  assertKnown(subjects);
  const elsewhere = selected(inventory, labels).found[0];
  check.violation(selector, {
    ...withoutPods(namespace, labels),
    message: `no pods in the namespace ${namespace} carry ${labelText(labels)}, so the policy does nothing.`,
    fix: elsewhere
      ? `Put it into the namespace ${elsewhere.namespace ?? ""}, where the pods of ${elsewhere.resource.label} do.`
      : `Select labels that the pods carry. If others deploy the ones that are meant, name "Pod ${namespace}/*" under outside in the policies' configuration.`,
  });
}
