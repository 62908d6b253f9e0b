import { closest, distance } from "fastest-levenshtein";
import type { Inventory } from "../../inventory";
import { KubernetesObject } from "../../resource";
import type { Check, Rule } from "../../rule";
import type { Value } from "../../value";
import { authorizationRules } from "./support/policies";

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
    if (inventory.objects("Namespace").length === 0) return;
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
    const name = value.text() ?? "";
    if (name.includes("*") || inventory.once(knownNamespaces).has(name)) return;
    if (inventory.find("Namespace", "default", name) || inventory.isOutside("Namespace", "default", name)) return;
    const near = closest(name, [...inventory.once(knownNamespaces)]);
    const isSlip = distance(name, near) <= 2;
    check.violation(value, {
      message: `no namespace ${name} is here, so no request comes from it.`,
      fix: `${isSlip ? `Did you mean ${near}? ` : ""}If others make it, name "Namespace default/${name}" under outside in the policies' configuration.`,
      // Most stacks don't make all namespaces of their cluster.
      severity: isSlip ? "mandatory" : "advisory",
    });
  });
}

/** Namespaces that are here, or that something here is in. */
function knownNamespaces({ resources }: Inventory): ReadonlySet<string> {
  const names = resources.flatMap((one) => {
    if (!(one instanceof KubernetesObject)) return [];
    return (one.kind === "Namespace" ? one.knownName : one.namespace) ?? [];
  });
  return new Set([...names, "kube-system", "istio-system"]);
}
