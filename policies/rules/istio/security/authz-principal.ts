import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { didYouMean } from "../../../schemas/mistakes";
import { meshConfig } from "../../../facts/istio/mesh";
import { namespaceOf, textsOf } from "../../../facts/istio/objects";
import { isFilledByCharts } from "../../../facts/istio/places";
import { authorizationRules } from "../../../facts/istio/policies";
import { hasPodsOfOthers } from "../../../facts/pulumi/applications";
import { workloads } from "../../../facts/istio/workloads";
import { mayBeMade } from "../../../facts/kubernetes/makers";

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
      judgeAll(valuesOf(policy, "principals", "source.principal"), check, (text) => wrongInPrincipal(text, inventory));
      judgeAll(valuesOf(policy, "serviceAccounts", "source.serviceAccount"), check, (text) =>
        wrongInAccount(text, policy, inventory),
      );
    }),
};

/** What a policy's rules say under a field of their sources, its negation, and a condition's key. */
function valuesOf(policy: KubernetesObject, field: string, key: string): Value[] {
  const negative = `not${field[0]?.toUpperCase() ?? ""}${field.slice(1)}`;
  return authorizationRules(policy).flatMap(({ sources, conditions }) => [
    ...sources.flatMap((source) => [...source.get(field).list(), ...source.get(negative).list()]),
    ...conditions
      .filter((condition) => condition.get("key").text() === key)
      .flatMap((condition) => [...condition.get("values").list(), ...condition.get("notValues").list()]),
  ]);
}

function judgeAll(values: readonly Value[], check: Check, wrongIn: (text: string) => Violation | undefined): void {
  check.each(values, (value) => {
    const wrong = wrongIn(value.text() ?? "");
    if (wrong) check.violation(value, wrong);
  });
}

function wrongInPrincipal(principal: string, inventory: Inventory): Violation | undefined {
  // A wildcard is one at the very start or the very end.
  const isSuffix = principal.startsWith("*");
  const isPrefix = !isSuffix && principal.endsWith("*");
  const text = isSuffix ? principal.slice(1) : isPrefix ? principal.slice(0, -1) : principal;
  if (text.includes("*"))
    return {
      message: `"*" within the principal "${principal}" stands for itself, and only the first or the last character can be a wildcard: the rule never matches.`,
      fix: 'Write each principal, or end it with the wildcard: "cluster.local/ns/NAMESPACE/*".',
    };
  const [, domain = "", namespace = "", name] = /^([^/]*)\/ns\/([^/]+)\/sa\/([^/]*)$/.exec(text) ?? [];
  if (name === undefined) return isSuffix || isPrefix ? undefined : wrongForm(principal);
  if (!isSuffix && !isOwnDomain(domain, inventory)) return undefined;
  return missing(namespace, name, isPrefix, `no caller is "${principal}"`, inventory);
}

function wrongForm(principal: string): Violation {
  return {
    message: `principal "${principal}" has not the form that callers have: the rule never matches.`,
    fix: principal.startsWith("spiffe://")
      ? `Write "${principal.slice("spiffe://".length)}", without spiffe://.`
      : 'Write it as "cluster.local/ns/NAMESPACE/sa/NAME".',
  };
}

/** Callers of other trust domains come from clusters that aren't here. */
function isOwnDomain(domain: string, inventory: Inventory): boolean {
  const config = meshConfig(inventory);
  const own = [config?.get("trustDomain").text(), ...(config ? textsOf(config.get("trustDomainAliases")) : [])];
  return domain === "cluster.local" || own.includes(domain);
}

/** `shop/cart`, or `cart` in the policy's own namespace. */
function wrongInAccount(text: string, policy: KubernetesObject, inventory: Inventory): Violation | undefined {
  const [first = "", second] = text.split("/");
  const [namespace, name] = second === undefined ? [namespaceOf(policy), first] : [first, second];
  return missing(namespace, name, false, `no caller is "${text}"`, inventory);
}

function missing(
  namespace: string,
  name: string,
  isPrefix: boolean,
  consequence: string,
  inventory: Inventory,
): Violation | undefined {
  const accounts = inventory.inNamespace("ServiceAccount", namespace);
  // Kubernetes makes that one.
  if (isPrefix ? "default".startsWith(name) : name === "default") return undefined;
  if (isPrefix && accounts.some((account) => account.name.startsWith(name))) return undefined;
  if (!inventory.missing("ServiceAccount", namespace, isPrefix ? `${name}*` : name)) return undefined;
  if (isFilledByCharts(inventory, namespace) || hasGateway(inventory, namespace)) return undefined;
  if (mayBeMade("ServiceAccount", namespace, name, inventory)) return undefined;
  // Who deploys an application's pods makes their ServiceAccount, whatever it is called.
  if (hasPodsOfOthers(inventory, namespace)) return undefined;
  const names = accounts.map((account) => account.name);
  const star = isPrefix ? "*" : "";
  return {
    message: `no ServiceAccount ${name}${star} exists in the namespace ${namespace}, so ${consequence}.`,
    fix: `${didYouMean(name, names)}If somebody else makes it, name "ServiceAccount ${namespace}/${name}${star}" under outside in the policies' configuration.`,
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
