import type { Rule } from "../../../engine/rule";
import { actionOf } from "../../../facts/istio/policies";

/** A policy that denies says what. */
export const authzEmpty: Rule = {
  id: "IST-AUTHZ-EMPTY",
  severity: "mandatory",
  title: "an AuthorizationPolicy that isn't ALLOW has rules",
  why: "DENY, AUDIT and CUSTOM act on what their rules match: without any they act on nothing, and Istio refuses the first and the last.",
  fix: "Add rules; an empty rule {} matches everything.",
  codes: ["IST0106"],
  docs: "https://istio.io/latest/docs/reference/config/security/authorization-policy/",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      const action = actionOf(policy);
      const rules = policy.get("spec", "rules");
      if (action === "ALLOW" || rules.list().length > 0) return;
      check.violation(rules, {
        message: `${action} without rules acts on nothing${action === "AUDIT" ? "" : ", and Istio refuses it"}.`,
        fix: `To ${action === "DENY" ? "deny everything, write rules: [{}], or take action out: ALLOW without rules lets nothing in" : "act on everything, write rules: [{}]"}.`,
      });
    }),
};
