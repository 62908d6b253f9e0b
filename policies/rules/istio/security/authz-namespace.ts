import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { missingNamespace } from "../../../facts/istio/namespaces";
import { authorizationRules } from "../../../facts/istio/policies";

/** Rules name namespaces that exist. */
export const authzNamespace: Rule = {
  id: "IST-AUTHZ-NAMESPACE",
  severity: "mandatory",
  title: "each AuthorizationPolicy names namespaces that exist",
  why: "No request ever comes from a namespace that isn't there: who should get in is kept out, or the other way round.",
  fix: "Write the namespace's name.",
  codes: ["IST0101", "KIA0101"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0101/",

  judge: (inventory, check) => {
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      for (const { sources, conditions } of authorizationRules(policy)) {
        for (const source of sources)
          for (const field of ["namespaces", "notNamespaces"]) judge(source.get(field).list(), inventory, check);
        for (const condition of conditions)
          if (condition.get("key").text() === "source.namespace")
            for (const field of ["values", "notValues"]) judge(condition.get(field).list(), inventory, check);
      }
    });
  },
};

function judge(namespaces: readonly Value[], inventory: Inventory, check: Check): void {
  check.each(namespaces, (value) => {
    const wrong = missingNamespace(value.text() ?? "", "no request comes from it", inventory);
    if (wrong) check.violation(value, wrong);
  });
}
