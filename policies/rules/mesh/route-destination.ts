import { closest } from "fastest-levenshtein";
import { serviceOf, type ServiceName } from "../../hosts";
import { groupBy, type Inventory } from "../../inventory";
import type { Check, Rule } from "../../rule";
import type { KubernetesObject } from "../../resource";
import type { Value } from "../../value";

/** A VirtualService's destinations exist: the Service, and the subset of it. */
export const routeDestination: Rule = {
  id: "IST-ROUTE-DESTINATION",
  severity: "mandatory",
  title: "routes lead to Services and subsets that exist",
  why: "Envoy answers 503 to every request on a route whose host or subset it doesn't know.",
  fix: "Write the Service's full name, and define the subset in its DestinationRule.",
  codes: ["IST0101", "KIA1101", "KIA1107"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0101/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      for (const protocol of ["http", "tls", "tcp"])
        check.each(rule.get("spec", protocol).list(), (route) => {
          check.each(route.get("route").list(), (entry) => judge(rule, entry.get("destination"), inventory, check));
          check.each(route.get("mirrors").list(), (entry) => judge(rule, entry.get("destination"), inventory, check));
          judge(rule, route.get("mirror"), inventory, check);
        });
    }),
};

function judge(rule: KubernetesObject, destination: Value, inventory: Inventory, check: Check): void {
  const host = destination.get("host").text();
  const service = host === undefined ? undefined : serviceOf(host, rule.namespace ?? "");
  // A host outside the cluster is a ServiceEntry's matter.
  if (host === undefined || service === undefined) return;
  if (inventory.missing("Service", service.namespace, service.name)) {
    check.violation(destination.get("host"), missingService(host, service, inventory));
    return;
  }
  judgeSubset(rule, destination.get("subset"), service, inventory, check);
}

function missingService(host: string, { namespace, name }: ServiceName, inventory: Inventory) {
  const names = inventory.inNamespace("Service", namespace).map((service) => service.name);
  return {
    message: `no Service ${name} exists in the namespace ${namespace}, so every request to "${host}" gets a 503.`,
    fix: `Did you mean ${closest(name, names)}? If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
  };
}

function judgeSubset(
  rule: KubernetesObject,
  subset: Value,
  service: ServiceName,
  inventory: Inventory,
  check: Check,
): void {
  const name = subset.text();
  if (name === undefined) return;
  const rules = inventory.once(destinationRules).get(`${service.namespace}/${service.name}`) ?? [];
  // Others' DestinationRules come with others' Services.
  if (rules.length === 0 && !inventory.find("Service", service.namespace, service.name)) return;
  const defined = rules.flatMap((one) =>
    one
      .get("spec", "subsets")
      .list()
      .map((entry) => entry.get("name").text() ?? ""),
  );
  if (defined.includes(name)) return;
  // One of these may define it: reading the host says that it is unknown.
  for (const rule of inventory.once(withUnknownHost)) rule.get("spec", "host").text();
  check.violation(subset, {
    message: `subset "${name}" of ${service.name}.${service.namespace} is defined nowhere, so every request on this route gets a 503.`,
    fix:
      defined.length > 0
        ? `Did you mean ${closest(name, defined)}? Or define it in ${rules[0]?.label ?? "a DestinationRule"}.`
        : `Define it in a DestinationRule for ${service.name}.${service.namespace}.svc.cluster.local.`,
  });
}

/** DestinationRules by the Service they are for. */
function destinationRules(inventory: Inventory): ReadonlyMap<string, readonly KubernetesObject[]> {
  return groupBy(inventory.objects("DestinationRule"), (rule) => {
    const host = rule.get("spec", "host");
    const service = host.isUnknown ? undefined : serviceOf(host.text() ?? "", rule.namespace ?? "");
    return service && `${service.namespace}/${service.name}`;
  });
}

function withUnknownHost(inventory: Inventory): KubernetesObject[] {
  return inventory.objects("DestinationRule").filter((rule) => rule.get("spec", "host").isUnknown);
}
