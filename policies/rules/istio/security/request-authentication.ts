import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Severity } from "../../../engine/rule";
import { listed, namespaceOf, fingerprint } from "../../../facts/istio/objects";
import { authorizationRules, hasTarget, isMeshWide, policiesFor, subjectsOf } from "../../../facts/istio/policies";
import { isFilledByOthers } from "../../../facts/istio/workloads";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Where tokens are checked, some policy asks for one. */
export const requestAuthentication: Rule = {
  id: "IST-REQUEST-AUTHENTICATION",
  severity: "mandatory",
  title: "where a RequestAuthentication checks tokens, an AuthorizationPolicy asks for one",
  why: "A RequestAuthentication refuses wrong tokens only: a request without any gets in.",
  fix: "Add an AuthorizationPolicy that asks for requestPrincipals.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/security/authentication/authn-policy/#require-a-valid-token",

  judge: (inventory, check) =>
    check.each(inventory.objects("RequestAuthentication"), (authentication) => {
      if (authentication.get("spec", "jwtRules").list().length > 0) judge(authentication, inventory, check);
    }),
};

function judge(authentication: KubernetesObject, inventory: Inventory, check: Check): void {
  const subjects = subjectsOf(authentication, inventory);
  if (subjects.found.length > 0) {
    const open = subjects.found.filter(
      (workload) => !policiesFor("AuthorizationPolicy", workload, inventory).some(asksForToken),
    );
    if (open.length > 0) report(authentication, `to ${listed(open.map(({ resource }) => resource.label))}`, check);
    assertKnown(subjects);
    return;
  }
  assertKnown(subjects);
  if (!isAnyAsking(authentication, inventory))
    report(
      authentication,
      hasTarget(authentication) ? "to its target" : "to the workloads that it is for",
      check,
      // Who fills the namespace may bring the policy along.
      isFilledByOthers(inventory, namespaceOf(authentication)) ? "advisory" : undefined,
    );
}

/** Without the pods, only a policy beside it, or for the whole mesh, can be the one that asks. */
function isAnyAsking(authentication: KubernetesObject, inventory: Inventory): boolean {
  return inventory.objects("AuthorizationPolicy").some((policy) => {
    const isBeside = namespaceOf(policy) === namespaceOf(authentication);
    const isNear = isBeside || isMeshWide(policy, inventory) || isMeshWide(authentication, inventory);
    if (!isNear || !asksForToken(policy)) return false;
    const targets = (one: KubernetesObject) =>
      fingerprint(one.get("spec", "targetRefs")) + fingerprint(one.get("spec", "targetRef"));
    return !hasTarget(authentication) || targets(policy) === targets(authentication);
  });
}

function report(authentication: KubernetesObject, whither: string, check: Check, severity?: Severity): void {
  check.violation(authentication, {
    message: `requests without a token get through ${whither}: it refuses wrong tokens only, and no AuthorizationPolicy asks for one.`,
    fix: 'Add an AuthorizationPolicy for the same workloads: ALLOW from requestPrincipals: ["*"], or DENY from notRequestPrincipals: ["*"].',
    ...(severity && { severity }),
  });
}

function asksForToken(policy: KubernetesObject): boolean {
  return authorizationRules(policy).some(
    ({ sources, conditions }) =>
      sources.some((source) => source.get("requestPrincipals").exists || source.get("notRequestPrincipals").exists) ||
      conditions.some((condition) => condition.get("key").text()?.startsWith("request.auth.")),
  );
}
