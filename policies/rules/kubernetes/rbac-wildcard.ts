import { isJudgedByValues } from "../../facts/kubernetes/charts";
import type { Rule } from "../../engine/rule";

/** Roles name what they allow. */
export const rbacWildcard: Rule = {
  id: "K8S-RBAC-WILDCARD",
  severity: "advisory",
  title: "roles name the resources and verbs that they allow",
  why: "A wildcard allows what nobody thought of, also what a later version or another operator brings.",
  fix: "List the resources and verbs that are needed.",
  codes: ["CKV_K8S_49", "CIS EKS 4.1.3"],
  docs: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",

  judge: (inventory, check) =>
    check.each([...inventory.objects("Role"), ...inventory.objects("ClusterRole")], (role) => {
      if (isJudgedByValues(role, inventory)) return;
      check.each(role.get("rules").list(), (rule) => {
        check.each(["apiGroups", "resources", "verbs"], (field) => {
          const list = rule.get(field);
          check.each([list], () => {
            if (!list.list().some((entry) => entry.text() === "*")) return;
            check.violation(list, {
              message: `${list.path} is "*": it allows what nobody thought of, and whatever comes later.`,
              fix: `List the ${names[field] ?? field} that are needed.`,
            });
          });
        });
      });
    }),
};

const names: Readonly<Record<string, string>> = { apiGroups: "API groups" };
