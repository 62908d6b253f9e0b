import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { KubernetesObject } from "../../../engine/resource";
import type { Value } from "../../../engine/value";
import { didYouMean } from "../../../schemas/mistakes";
import { namespaceOf } from "../../../facts/istio/objects";
import { isVisible } from "../../../facts/istio/registry";

/** A VirtualService delegates to one that is there, and that is made for it. */
export const routeDelegate: Rule = {
  id: "IST-ROUTE-DELEGATE",
  severity: "mandatory",
  title: "routes delegate to VirtualServices that can take over",
  why: "Istio drops a route whose delegate is missing, has hosts of its own or delegates further, and the requests get a 404.",
  fix: "Make the delegate a VirtualService without hosts and gateways, visible from here.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(rule.get("spec", "http").list(), (route) => {
        const delegate = route.get("delegate");
        if (delegate.exists) judge(rule, delegate, inventory, check);
      });
    }),
};

function judge(rule: KubernetesObject, delegate: Value, inventory: Inventory, check: Check): void {
  const name = delegate.get("name").text() ?? "";
  const namespace = delegate.get("namespace").text() ?? namespaceOf(rule);
  const found = inventory.find("VirtualService", namespace, name);
  const lost = "so Istio drops the route and its requests get a 404.";
  if (!found) {
    if (!inventory.missing("VirtualService", namespace, name)) return;
    const names = inventory.inNamespace("VirtualService", namespace).map((one) => one.name);
    check.violation(delegate, {
      message: `no VirtualService ${name} exists in the namespace ${namespace} to delegate to, ${lost}`,
      fix: `${didYouMean(name, names)}If somebody else makes it, name "VirtualService ${namespace}/${name}" under outside in the policies' configuration.`,
    });
    return;
  }
  if (found.get("spec", "hosts").list().length > 0)
    check.violation(delegate, {
      message: `${found.label} has hosts of its own, and only one without hosts can be delegated to, ${lost}`,
      fix: `Take hosts and gateways out of ${found.label}.`,
    });
  if (namespaceOf(rule) !== namespace && !isVisible(found, namespaceOf(rule)))
    check.violation(delegate, {
      message: `${found.label} is not exported to the namespace ${namespaceOf(rule)}, ${lost}`,
      fix: `Add "${namespaceOf(rule)}" to exportTo of ${found.label}.`,
    });
  const further = found
    .get("spec", "http")
    .list()
    .some((route) => route.get("delegate").exists);
  if (further)
    check.violation(delegate, {
      message: `${found.label} delegates further, which Istio doesn't follow, ${lost}`,
      fix: `Write the routes themselves into ${found.label}.`,
    });
}
