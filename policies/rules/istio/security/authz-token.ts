import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { hasProxy } from "../../../facts/istio/injection";
import { namespaceOf } from "../../../facts/istio/objects";
import { actionOf, authorizationRules, hasTarget, policiesFor, subjectsOf } from "../../../facts/istio/policies";
import { assertKnown } from "../../../facts/kubernetes/selection";
import type { Workload } from "../../../facts/kubernetes/workload";

/** Rules about tokens are for workloads that read them. */
export const authzToken: Rule = {
  id: "IST-AUTHZ-TOKEN",
  severity: "advisory",
  title: "rules about tokens are for workloads whose tokens a RequestAuthentication checks",
  why: "Without a RequestAuthentication no request has claims, whatever its token: an ALLOW by them lets nobody in.",
  fix: "Add a RequestAuthentication for the same workloads.",
  codes: [],
  docs: "https://istio.io/latest/docs/concepts/security/#request-authentication",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      const [first] = tokensIn(policy);
      if (!first || hasTarget(policy) || isCheckedOtherwise(policy, inventory)) return;
      const subjects = subjectsOf(policy, inventory);
      // The finding names the first that is wrong.
      assertKnown(subjects);
      for (const workload of subjects.found) if (judge(policy, first, workload, inventory, check)) return;
    }),
};

/** The fields and conditions of a policy's rules that are about tokens. */
function tokensIn(policy: KubernetesObject): Value[] {
  return authorizationRules(policy).flatMap(({ sources, conditions }) => [
    ...sources
      .flatMap((source) => [source.get("requestPrincipals"), source.get("notRequestPrincipals")])
      .filter((list) => list.list().length > 0),
    ...conditions.filter((condition) => condition.get("key").text()?.startsWith("request.auth.")),
  ]);
}

/** A RequestAuthentication for a target is for pods that it doesn't select; others' may be named under outside. */
function isCheckedOtherwise(policy: KubernetesObject, inventory: Inventory): boolean {
  return (
    inventory.objects("RequestAuthentication").some(hasTarget) ||
    inventory.isOutside("RequestAuthentication", namespaceOf(policy), "*")
  );
}

/** Whether something was wrong: one finding a policy is enough. */
function judge(policy: KubernetesObject, at: Value, workload: Workload, inventory: Inventory, check: Check): boolean {
  if (hasProxy(workload, inventory) === false) return false;
  if (policiesFor("RequestAuthentication", workload, inventory).length > 0) return false;
  check.violation(at, {
    message: `${actionOf(policy)} by a token's claims, and no RequestAuthentication checks tokens for ${workload.resource.label}: no request has any there.`,
    fix: `Add a RequestAuthentication for the same workloads. If somebody else does, name "RequestAuthentication ${namespaceOf(policy)}/*" under outside in the policies' configuration.`,
  });
  return true;
}
