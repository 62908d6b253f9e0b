import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";

/** The Gateways of this stack that a VirtualService is bound to. Throws if a reference is unknown. */
export function gatewaysOf(rule: KubernetesObject, inventory: Inventory): KubernetesObject[] {
  return rule
    .get("spec", "gateways")
    .list()
    .flatMap((reference) => {
      const name = reference.text() ?? "";
      if (name === "mesh") return [];
      const [namespace = "", own = ""] = name.includes("/") ? name.split("/") : [rule.namespace, name];
      return inventory.find("Gateway", namespace, own) ?? [];
    });
}
