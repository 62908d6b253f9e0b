import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { mtlsOf } from "../../../facts/istio/mtls";
import { actionOf, authorizationRules, subjectsOf } from "../../../facts/istio/policies";
import { hasProxy, isAmbient } from "../../../facts/istio/injection";
import { assertKnown } from "../../../facts/kubernetes/selection";
import type { Workload } from "../../../facts/kubernetes/workload";

/** Rules about who calls are for workloads that know. */
export const authzIdentity: Rule = {
  id: "IST-AUTHZ-IDENTITY",
  severity: "mandatory",
  title: "rules about callers' identities are for workloads that take mutual TLS",
  why: "Plain text has no identity: with mutual TLS off the rule never matches, and where it is optional a caller gets around a DENY by leaving it out.",
  fix: "Set STRICT for those workloads.",
  codes: ["KIA0105"],
  docs: "https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      const fields = identitiesIn(policy);
      if (fields.length === 0) return;
      const subjects = subjectsOf(policy, inventory);
      // The finding names the first that is wrong.
      assertKnown(subjects);
      for (const workload of subjects.found) if (judge(policy, fields, workload, inventory, check)) return;
    }),
};

interface Field {
  readonly value: Value;
  readonly name: string;
  /** It matches who is somebody else, and so who is nobody. */
  readonly isNegative: boolean;
}

const positive = ["principals", "namespaces", "serviceAccounts", "trustDomains"];
const keys = ["source.principal", "source.namespace", "source.serviceAccount", "connection.sni"];

function identitiesIn(policy: KubernetesObject): Field[] {
  return authorizationRules(policy).flatMap(({ sources, conditions }) => [
    ...sources.flatMap((source) =>
      positive.flatMap((name) => {
        const negative = `not${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
        return [
          { value: source.get(name), name, isNegative: false },
          { value: source.get(negative), name: negative, isNegative: true },
        ].filter(({ value }) => value.list().length > 0);
      }),
    ),
    ...conditions.flatMap((condition) => {
      const name = condition.get("key").text() ?? "";
      if (!keys.includes(name)) return [];
      return [{ value: condition, name, isNegative: condition.get("notValues").list().length > 0 }];
    }),
  ]);
}

/** Whether something was wrong: one finding a policy is enough. */
function judge(
  policy: KubernetesObject,
  fields: readonly Field[],
  workload: Workload,
  inventory: Inventory,
  check: Check,
): boolean {
  // In ambient mode a policy that turns TLS off is passed over.
  if (workload.isGateway || hasProxy(workload, inventory) === false || isAmbient(workload, inventory)) return false;
  const { mode, by } = mtlsOf(inventory, workload);
  const [first] = fields;
  if (!by || !first) return false;
  if (mode === "DISABLE") {
    check.violation(first.value, {
      message: `${first.name} needs mutual TLS, which ${by.label} turns off for ${workload.resource.label}: no caller has an identity there.`,
      fix: `Set STRICT in ${by.label}.`,
    });
    return true;
  }
  const action = actionOf(policy);
  const hole = fields.find(({ isNegative }) => isNegative === (action === "ALLOW"));
  if (mode !== "PERMISSIVE" || !hole || action === "CUSTOM" || action === "AUDIT") return false;
  check.violation(hole.value, {
    message: `${by.label} also takes plain text for ${workload.resource.label}, where no caller has an identity: whoever leaves out TLS gets around ${action} by ${hole.name}.`,
    fix: `Set STRICT in ${by.label}, or allow the callers that may instead.`,
  });
  return true;
}
