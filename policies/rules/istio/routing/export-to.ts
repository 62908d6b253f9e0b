import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { findGateway, namedGateway, gatewayReferences } from "../../../facts/istio/gateways";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { destinationOf, exportedTo, fullName, isVisible } from "../../../facts/istio/registry";
import { eachDestination } from "../../../facts/istio/routes";
import { proxiesOf } from "../../../facts/istio/servers";
import { KeyIndex } from "../../../facts/key-index";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** What a route needs is exported to the proxies that have the route. */
export const exportTo: Rule = {
  id: "IST-EXPORT-TO",
  severity: "mandatory",
  title: "what a route leads to is exported to where the route is used",
  why: "A proxy knows only what is exported to its namespace, and answers 503 on a route to anything else.",
  fix: "Add the namespace to exportTo.",
  codes: ["IST0101"],
  docs: "https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-export_to",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      const users = usersOf(rule, inventory);
      eachDestination(rule, check, (destination) => {
        judgeHost(rule, destination, users, inventory, check);
        judgeSubset(rule, destination, users, inventory, check);
      });
    }),
};

/**
 * Namespaces of proxies that surely use a VirtualService: in the mesh its own, and those that it is exported to by name;
 * those of its gateways.
 */
function usersOf(rule: KubernetesObject, inventory: Inventory): string[] {
  const from = namespaceOf(rule);
  const scope = exportedTo(rule);
  const users = gatewayReferences(rule).flatMap(({ reference }) => {
    const name = namedGateway(reference, from);
    if (!name) return [from, ...[...scope].filter((one) => inventory.find("Namespace", "default", one))];
    const gateway = findGateway(inventory, name);
    if (!gateway) return [];
    const proxies = proxiesOf(gateway, inventory);
    assertKnown(proxies);
    return proxies.found.map((proxy) => proxy.knownNamespace);
  });
  return [...new Set(users)].filter((name) => scope.has("*") || scope.has(name));
}

function judgeHost(
  rule: KubernetesObject,
  destination: Value,
  users: readonly string[],
  inventory: Inventory,
  check: Check,
): void {
  const host = destination.get("host").text() ?? "";
  const found = destinationOf(host, namespaceOf(rule), inventory);
  if (found.kind !== "service" && found.kind !== "entry") return;
  const blind = users.filter((name) => !isVisible(found.object, name));
  if (blind.length === 0) return;
  check.violation(destination.get("host"), {
    message: `${found.object.label} is not exported to the namespace ${listed(blind)}, whose proxies have this route: they answer 503.`,
    fix: `Add ${listed(blind.map((name) => `"${name}"`))} to ${found.kind === "service" ? "the annotation networking.istio.io/exportTo" : "exportTo"} of ${found.object.label}.`,
  });
}

/** Subsets come from the DestinationRule that the proxy's namespace sees. */
function judgeSubset(
  rule: KubernetesObject,
  destination: Value,
  users: readonly string[],
  inventory: Inventory,
  check: Check,
): void {
  const subset = destination.get("subset").text();
  if (subset === undefined) return;
  const index = inventory.once(bySubset);
  const host = fullName(destination.get("host").text() ?? "", namespaceOf(rule));
  const rules = index.get(`${host} ${subset}`);
  const blind = users.filter((name) => rules.length > 0 && !rules.some((one) => isVisible(one, name)));
  if (rules.length === 0 || blind.length > 0) index.assertKnown();
  if (blind.length === 0) return;
  check.violation(destination.get("subset"), {
    message: `${listed(rules.map(({ label }) => label))} defines the subset "${subset}" but is not exported to the namespace ${listed(blind)}, whose proxies have this route: they answer 503.`,
    fix: `Add ${listed(blind.map((name) => `"${name}"`))} to exportTo of ${rules[0]?.label ?? "the DestinationRule"}.`,
  });
}

function bySubset(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("DestinationRule"), (rule) => {
    const host = fullName(rule.get("spec", "host").text() ?? "", namespaceOf(rule));
    return rule
      .get("spec", "subsets")
      .list()
      .map((subset) => `${host} ${subset.get("name").text() ?? ""}`);
  });
}
