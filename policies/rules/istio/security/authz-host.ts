import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { didYouMean, isSlip } from "../../../schemas/mistakes";
import { isAddress } from "../../../facts/istio/domains";
import { serviceOf, type ServiceName } from "../../../facts/istio/hosts";
import { namespaceOf, textsOf } from "../../../facts/istio/objects";
import { authorizationRules } from "../../../facts/istio/policies";
import { destinationOf } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";

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
              judge(value, host, namespaceOf(policy), inventory, check);
            });
    }),
};

function judge(at: Value, host: string, from: string, inventory: Inventory, check: Check): void {
  const service = serviceMeant(host, from, inventory);
  if (!service) return;
  const { namespace, name } = service;
  const full = `${name}.${namespace}.svc.cluster.local`;
  if (destinationOf(full, from, inventory).kind !== "missing" || isRouted(host, inventory)) return;
  const names = inventory.inNamespace("Service", namespace).map((one) => one.name);
  // Machines have short names of their own, and namespaces such as dev are domains, too: only what looks like a slip is told.
  const isWhole = host.split(".").length > 2;
  if (!isWhole && !isSlip(name, names)) return;
  check.violation(at, {
    message: `no Service ${name} exists in the namespace ${namespace}, so no request is for "${host}".`,
    fix: `${didYouMean(name, names)}Write the host as clients call it. If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
    ...(!isWhole && { severity: "advisory" }),
  });
}

/** The Service that clients mean by a host, if it can be nothing else: all other names may be public hosts. */
function serviceMeant(host: string, from: string, inventory: Inventory): ServiceName | undefined {
  if (host === "localhost" || isAddress(host)) return undefined;
  const [name = "", namespace = "", ...rest] = host.split(".");
  const isHalf = name !== "" && rest.length === 0 && !host.includes("*");
  if (isHalf && inventory.inNamespace("Service", namespace).length > 0) return { namespace, name };
  return serviceOf(host, from);
}

/** Whether a VirtualService takes it for a name of its own. */
function isRouted(host: string, inventory: Inventory): boolean {
  const hosts = inventory.once(routedHosts);
  if (hosts.get(host.toLowerCase()).length > 0) return true;
  hosts.assertKnown();
  return false;
}

function routedHosts(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("VirtualService"), (rule) =>
    textsOf(rule.get("spec", "hosts")).map((host) => host.toLowerCase()),
  );
}
