import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule, Violation } from "../../../engine/rule";
import { didYouMean } from "../../../schemas/mistakes";
import type { Value } from "../../../engine/value";
import { isFilledByCharts } from "../../../facts/istio/places";
import { authorizationRules } from "../../../facts/istio/policies";
import { workloads } from "../../../facts/istio/workloads";

/** Rules name callers that exist. */
export const authzPrincipal: Rule = {
  id: "IST-AUTHZ-PRINCIPAL",
  severity: "mandatory",
  title: "each AuthorizationPolicy names ServiceAccounts that exist",
  why: "No request ever comes from a ServiceAccount that isn't there: who should get in is kept out, or the other way round.",
  fix: "Write trust domain/ns/NAMESPACE/sa/NAME.",
  codes: ["KIA0106"],
  docs: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      for (const { sources, conditions } of authorizationRules(policy)) {
        for (const source of sources)
          for (const field of ["principals", "notPrincipals"]) judge(source.get(field).list(), inventory, check);
        for (const condition of conditions)
          if (condition.get("key").text() === "source.principal")
            for (const field of ["values", "notValues"]) judge(condition.get(field).list(), inventory, check);
      }
    }),
};

function judge(principals: readonly Value[], inventory: Inventory, check: Check): void {
  check.each(principals, (value) => {
    const wrong = wrongIn(value.text() ?? "", inventory);
    if (wrong) check.violation(value, wrong);
  });
}

function wrongIn(principal: string, inventory: Inventory): Violation | undefined {
  if (principal.includes("*")) return undefined;
  const [, namespace = "", name = ""] = /^[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(principal) ?? [];
  if (name === "")
    return {
      message: `principal "${principal}" has not the form that callers have: the rule never matches.`,
      fix: principal.startsWith("spiffe://")
        ? `Write "${principal.slice("spiffe://".length)}", without spiffe://.`
        : 'Write it as "cluster.local/ns/NAMESPACE/sa/NAME".',
    };
  // Kubernetes makes that one.
  if (name === "default" || !inventory.missing("ServiceAccount", namespace, name)) return undefined;
  if (isFilledByCharts(inventory, namespace) || hasGateway(inventory, namespace)) return undefined;
  const names = inventory.inNamespace("ServiceAccount", namespace).map((account) => account.name);
  return {
    message: `no ServiceAccount ${name} exists in the namespace ${namespace}, so no caller is "${principal}".`,
    fix: `${didYouMean(name, names)}If somebody else makes it, name "ServiceAccount ${namespace}/${name}" under outside in the policies' configuration.`,
  };
}

/** Its chart makes a ServiceAccount. */
function hasGateway(inventory: Inventory, namespace: string): boolean {
  const gateways = workloads(inventory).filter(({ isGateway }) => isGateway);
  // The second reads what is unknown: one of these may be there.
  return (
    gateways.some((one) => one.namespace === namespace) || gateways.some((one) => one.knownNamespace === namespace)
  );
}
