import type { Rule } from "../../../engine/rule";
import { didYouMean } from "../../../schemas/mistakes";
import { namespaceOf } from "../../../facts/istio/objects";
import { completeName, destinationOf } from "../../../facts/istio/registry";

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
          message: `no Service ${name} exists in the namespace ${namespace}, so the rule does nothing.`,
          fix: `${didYouMean(name, names)}If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
        });
      } else if (meant !== undefined)
        check.violation(at, {
          message: `"${host}" is no Service to Istio, which completes names without a dot only, so the rule does nothing.`,
          fix: `Write ${meant}.`,
        });
    }),
};
