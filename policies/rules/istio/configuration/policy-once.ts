import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject, Resource } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { conflict } from "../../../facts/causes";
import { ifApart, isAnother, listed, namespaceOf } from "../../../facts/istio/objects";
import { hasTarget, selectorOf, subjectsOf } from "../../../facts/istio/policies";
import { KeyIndex } from "../../../facts/key-index";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Of policies that don't add up, one is for a workload. */
export const policyOnce: Rule = {
  id: "IST-POLICY-ONCE",
  severity: "mandatory",
  title: "one PeerAuthentication, one Sidecar and one Telemetry is for a workload or a namespace",
  why: "Istio takes the oldest of them and ignores the rest, so which one holds changes with the next re-creation.",
  fix: "Put them into one, or let them select different workloads.",
  codes: ["IST0110", "IST0111", "IST0159", "IST0160", "KIA0002", "KIA0003"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0111/",

  judge: (inventory, check) => {
    for (const [kind, index] of Object.entries(kinds))
      check.each(inventory.objects(kind as keyof typeof kinds), (policy) => {
        judge(policy, inventory.once(index), inventory, check);
      });
  },
};

// RequestAuthentications and AuthorizationPolicies add up.
const kinds = {
  PeerAuthentication: (inventory: Inventory) => indexOf("PeerAuthentication", inventory),
  Sidecar: (inventory: Inventory) => indexOf("Sidecar", inventory),
  Telemetry: (inventory: Inventory) => indexOf("Telemetry", inventory),
};

interface Index {
  /** Those for a whole namespace. */
  readonly wide: KeyIndex<KubernetesObject>;
  /** Those that select workloads, by each of these. */
  readonly narrow: KeyIndex<KubernetesObject>;
}

function judge(policy: KubernetesObject, { wide, narrow }: Index, inventory: Inventory, check: Check): void {
  if (hasTarget(policy)) return;
  if (isWide(policy)) {
    report(policy, wide.get(namespaceOf(policy)), `the whole namespace ${namespaceOf(policy)}`, check);
    wide.assertKnown();
    return;
  }
  const subjects = subjectsOf(policy, inventory);
  const shared = subjects.found.filter(({ resource }) => narrow.get(keyOf(resource)).length > 1);
  const rivals = new Set(shared.flatMap(({ resource }) => narrow.get(keyOf(resource))));
  const names = listed(shared.map(({ resource }) => resource.label));
  report(policy, [...rivals], names, check);
  assertKnown(subjects);
  narrow.assertKnown();
}

function report(policy: KubernetesObject, all: readonly KubernetesObject[], what: string, check: Check): void {
  const rivals = all.filter((other) => isAnother(policy, other));
  if (rivals.length === 0) return;
  check.violation(isWide(policy) ? policy : selectorOf(policy), {
    ...ifApart(policy, rivals),
    ...conflict(
      what,
      [policy, ...rivals].map(({ label }) => label),
    ),
    message: `${listed(rivals.map(({ label }) => label))} ${rivals.length === 1 ? "is" : "are"} for ${what} too: Istio takes the oldest and ignores the rest.`,
    fix: "Put them into one, or let each select workloads of its own.",
  });
}

function isWide(policy: KubernetesObject): boolean {
  return selectorOf(policy).entries().length === 0;
}

function indexOf(kind: keyof typeof kinds, inventory: Inventory): Index {
  const policies = inventory.objects(kind);
  return {
    wide: new KeyIndex(policies, (policy) => (isWide(policy) && !hasTarget(policy) ? [namespaceOf(policy)] : [])),
    narrow: new KeyIndex(policies, (policy) => {
      if (isWide(policy)) return [];
      const subjects = subjectsOf(policy, inventory);
      assertKnown(subjects);
      return subjects.found.map(({ resource }) => keyOf(resource));
    }),
  };
}

function keyOf({ label, type }: Resource): string {
  return `${type} ${label}`;
}
