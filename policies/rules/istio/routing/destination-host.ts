import type { Inventory } from "../../../engine/inventory";
import type { Rule, Violation } from "../../../engine/rule";
import { didYouMean } from "../../../schemas/mistakes";
import { missing } from "../../../facts/causes";
import { overlap } from "../../../facts/istio/gateways";
import { namespaceOf } from "../../../facts/istio/objects";
import { isFilledByCharts } from "../../../facts/istio/places";
import { completeName, destinationOf, serviceEntries } from "../../../facts/istio/registry";

/** A DestinationRule is for a host that exists. */
export const destinationHost: Rule = {
  id: "IST-DESTINATION-HOST",
  severity: "mandatory",
  title: "each DestinationRule is for a host that exists",
  why: "A DestinationRule of a host that nobody has does nothing, so its circuit breaker, TLS and subsets are missing where they were meant.",
  fix: "Write the Service's full name.",
  codes: ["IST0174", "KIA0202"],
  docs: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule-host",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const at = rule.get("spec", "host");
      const host = at.text() ?? "";
      const found = destinationOf(host, namespaceOf(rule), inventory);
      const meant = completeName(host, inventory);
      if (found.kind === "missing") {
        const { namespace, name } = found.service;
        const names = inventory.inNamespace("Service", namespace).map((service) => service.name);
        check.violation(at, {
          ...missing("Service", found.service),
          message: `no Service ${name} exists in the namespace ${namespace}, so the rule does nothing.`,
          fix: `${didYouMean(name, names)}If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
        });
      } else if (found.kind === "pod")
        check.violation(at, {
          message: `"${host}" is a pod's name in DNS, and no host to Istio, which knows ${found.object.label} only, so the rule does nothing.`,
          fix: podFix(found.service.namespace, found.service.name),
        });
      else if (meant !== undefined)
        check.violation(at, {
          message: `"${host}" is no Service to Istio, which completes names without a dot only, so the rule does nothing.`,
          fix: `Write ${meant}.`,
        });
      else {
        const wrong = wrongInPattern(host, inventory);
        if (wrong) check.violation(at, { ...wrong, severity: "advisory" });
      }
    }),
};

function podFix(namespace: string, name: string): string {
  return `Write ${name}.${namespace}.svc.cluster.local. If somebody else makes a ServiceEntry for pods' names, name "ServiceEntry ${namespace}/*" under outside in the policies' configuration.`;
}

/** A pattern of Services of one namespace that none of them fits. */
function wrongInPattern(pattern: string, inventory: Inventory): Violation | undefined {
  const [, start = "", namespace] = /^\*([^*]*)\.([^.*]+)\.svc\.cluster\.local$/.exec(pattern.toLowerCase()) ?? [];
  if (namespace === undefined || start === "" || inventory.isOutside("ServiceEntry", namespace, "*")) return undefined;
  const entries = inventory.once(serviceEntries);
  if ([...entries.groups].some(([host]) => overlap(pattern.toLowerCase(), host))) return undefined;
  entries.assertKnown();
  if (start.includes("."))
    return {
      message: `"${pattern}" fits no Service, whose names have no dot, so the rule does nothing: pods behind a Service have no names to Istio.`,
      fix: podFix(namespace, start.split(".").at(-1) ?? ""),
    };
  const here = inventory.inNamespace("Service", namespace);
  if (here.length === 0 || isFilledByCharts(inventory, namespace)) return undefined;
  const names = inventory
    .objects("Service")
    .filter((service) => namespaceOf(service) === namespace)
    .map((service) => service.get("metadata", "name").text() ?? "");
  if (names.some((name) => name.endsWith(start)) || inventory.isOutside("Service", namespace, `*${start}`))
    return undefined;
  return {
    message: `"${pattern}" fits no Service of the namespace ${namespace}, so the rule does nothing.`,
    fix: `Write a pattern that fits, or *.${namespace}.svc.cluster.local for all. If somebody else deploys such Services, name "Service ${namespace}/*${start}" under outside in the policies' configuration.`,
  };
}
