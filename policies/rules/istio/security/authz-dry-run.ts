import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { actionOf } from "../../../facts/istio/policies";

/** A policy that closes a workload does so. */
export const authzDryRun: Rule = {
  id: "IST-AUTHZ-DRY-RUN",
  severity: "advisory",
  title: "an AuthorizationPolicy that lets in some callers is no dry run",
  why: "A dry run only counts: while it lasts, and no other ALLOW policy is for them, its workloads let in everybody.",
  fix: "Take the annotation istio.io/dry-run off when the counters say what is missing.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      const annotation = policy.get("metadata", "annotations", "istio.io/dry-run");
      if (annotation.text() !== "true" || actionOf(policy) !== "ALLOW" || !lessThanAll(policy)) return;
      check.violation(annotation, {
        cause: "AuthorizationPolicies are dry runs",
        message: "its rules are only counted: who they don't let in gets in.",
        fix: "Take the annotation off (in a stack file: mesh.access.default deny or allow) when the counters no longer grow.",
      });
    }),
};

/** One without rules is for what has none of its own; one that lets in everybody closes nothing. */
function lessThanAll(policy: KubernetesObject): boolean {
  const rules = policy.get("spec", "rules").list();
  return rules.length > 0 && !rules.some((rule) => rule.entries().length === 0);
}
