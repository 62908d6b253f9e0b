import { serviceOf, type ServiceName } from "../../../facts/istio/hosts";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { didYouMean } from "../../../schemas/mistakes";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { completeName, destinationOf, fullName } from "../../../facts/istio/registry";
import { eachDestination } from "../../../facts/istio/routes";
import { missing } from "../../../facts/causes";
import { KeyIndex } from "../../../facts/key-index";

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
      eachDestination(rule, check, (destination) => {
        judge(namespaceOf(rule), destination, inventory, check);
      });
    }),
};

function judge(from: string, destination: Value, inventory: Inventory, check: Check): void {
  const host = destination.get("host").text();
  if (host === undefined) return;
  const found = destinationOf(host, from, inventory);
  if (found.kind === "missing") {
    check.violation(destination.get("host"), {
      ...missingService(host, found.service, inventory),
      ...missing("Service", found.service),
    });
    return;
  }
  if (found.kind === "pod") {
    const { namespace, name } = found.service;
    check.violation(destination.get("host"), {
      message: `"${host}" is a pod's name in DNS, and no host to Istio, which knows ${found.object.label} only: everything on this route fails.`,
      fix: `Write ${name}.${namespace}.svc.cluster.local, or add a ServiceEntry for the pod. If somebody else makes it, name "ServiceEntry ${namespace}/*" under outside in the policies' configuration.`,
    });
    return;
  }
  const meant = completeName(host, inventory);
  if (meant !== undefined) {
    check.violation(destination.get("host"), {
      message: `"${host}" is no Service to Istio, which completes names without a dot only, so every request on this route gets a 503.`,
      fix: `Write ${meant}.`,
    });
    return;
  }
  const subset = destination.get("subset").text();
  if (subset !== undefined && (found.kind !== "elsewhere" || rulesFor(fullName(host, from), inventory).length > 0))
    judgeSubset(from, fullName(host, from), destination.get("subset"), subset, inventory, check);
}

function missingService(host: string, { namespace, name }: ServiceName, inventory: Inventory): Violation {
  const names = inventory.inNamespace("Service", namespace).map((service) => service.name);
  return {
    message: `no Service ${name} exists in the namespace ${namespace}, so every request to "${host}" gets a 503.`,
    fix: `${didYouMean(name, names)}If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
  };
}

function judgeSubset(from: string, host: string, at: Value, name: string, inventory: Inventory, check: Check): void {
  const rules = rulesFor(host, inventory);
  const defined = rules.flatMap((one) =>
    one
      .get("spec", "subsets")
      .list()
      .map((entry) => entry.get("name").text() ?? ""),
  );
  if (defined.includes(name)) return;
  inventory.once(destinationRules).assertKnown();
  const service = serviceOf(host, "");
  const place = service?.namespace ?? from;
  if (rules.length === 0 && inventory.isOutside("DestinationRule", place, "*")) return;
  const misnamed = inventory.once(strayRules).get(name)[0];
  check.violation(at, {
    ...(rules.length === 0 && misnamed
      ? { ...missing("Service", misnamed), follows: true }
      : { cause: `subset ${name} of ${host} is missing` }),
    message: `subset "${name}" of ${service ? `${service.name}.${service.namespace}` : host} is defined nowhere, so every request on this route gets a 503.`,
    fix:
      defined.length > 0
        ? `${didYouMean(name, defined) || `It has ${listed(defined)}. `}Or define it in ${rules[0]?.label ?? "a DestinationRule"}.`
        : `Define it in a DestinationRule for ${host}. If somebody else does, name "DestinationRule ${place}/*" under outside in the policies' configuration.`,
  });
}

/** Hosts that don't exist, by the subsets that a DestinationRule defines for them: one of these may be the one that is meant. */
function strayRules(inventory: Inventory): KeyIndex<ServiceName> {
  return KeyIndex.ofParts(inventory.objects("DestinationRule"), (rule) => {
    const found = destinationOf(rule.get("spec", "host").text() ?? "", namespaceOf(rule), inventory);
    if (found.kind !== "missing") return [];
    const subsets = rule.get("spec", "subsets").list();
    return subsets.map((subset) => [subset.get("name").text() ?? "", found.service] as const);
  });
}

function rulesFor(host: string, inventory: Inventory): readonly KubernetesObject[] {
  return inventory.once(destinationRules).get(host);
}

/** DestinationRules by the full name of the host they are for. */
function destinationRules(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("DestinationRule"), (rule) => [
    fullName(rule.get("spec", "host").text() ?? "", namespaceOf(rule)),
  ]);
}
