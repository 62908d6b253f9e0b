import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { didYouMean, isSlip } from "../../../schemas/mistakes";
import { isInMesh } from "../../../facts/istio/gateways";
import { namespaceOf } from "../../../facts/istio/objects";
import { destinationOf } from "../../../facts/istio/registry";

/** A VirtualService in the mesh is for hosts that exist. */
export const routeHost: Rule = {
  id: "IST-ROUTE-HOST",
  severity: "advisory",
  title: "no host of a VirtualService in the mesh is a slip of a Service's name",
  why: "A VirtualService for a host that nobody calls does nothing: its timeouts, retries and canary are missing where they were meant.",
  fix: "Write the Service's name.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-hosts",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      if (!isInMesh(rule)) return;
      check.each(rule.get("spec", "hosts").list(), (host) => {
        judge(host, namespaceOf(rule), inventory, check);
      });
    }),
};

/** A host may be one that clients only write into a header: what is far from every Service's name is meant so. */
function judge(at: Value, from: string, inventory: Inventory, check: Check): void {
  const host = at.text() ?? "";
  const found = destinationOf(host, from, inventory);
  if (found.kind !== "missing") return;
  const { namespace, name } = found.service;
  const names = inventory.inNamespace("Service", namespace).map((service) => service.name);
  if (!isSlip(name, names)) return;
  check.violation(at, {
    message: `no Service ${name} exists in the namespace ${namespace}, so nobody's requests to a Service follow these routes.`,
    fix: `${didYouMean(name, names)}If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
  });
}
