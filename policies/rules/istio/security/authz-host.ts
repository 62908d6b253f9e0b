import type { Rule } from "../../../engine/rule";
import { serviceOf } from "../../../facts/istio/hosts";
import { namespaceOf } from "../../../facts/istio/objects";
import { authorizationRules } from "../../../facts/istio/policies";
import { destinationOf } from "../../../facts/istio/registry";

/** Rules name hosts that exist. */
export const authzHost: Rule = {
  id: "IST-AUTHZ-HOST",
  severity: "mandatory",
  title: "each AuthorizationPolicy names Services that exist",
  why: "No request is for a Service that isn't there, so the rule never matches.",
  fix: "Write the host as clients call it.",
  codes: ["KIA0104"],
  docs: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      for (const { operations } of authorizationRules(policy))
        for (const operation of operations)
          for (const field of ["hosts", "notHosts"])
            check.each(operation.get(field).list(), (value) => {
              const [host = ""] = (value.text() ?? "").split(":");
              // Anything but a Service's full name may be a public host.
              if (!host.includes(".") || !serviceOf(host, "")) return;
              const found = destinationOf(host, namespaceOf(policy), inventory);
              if (found.kind !== "missing") return;
              const { namespace, name } = found.service;
              check.violation(value, {
                message: `no Service ${name} exists in the namespace ${namespace}, so no request is for "${host}".`,
                fix: `Write the host as clients call it. If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
              });
            });
    }),
};
