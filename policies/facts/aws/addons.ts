import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";

/** EKS's add-ons, AWS's own resources and those of @pulumi/eks. */
export function addonsOf(inventory: Inventory): readonly Resource[] {
  return ["aws:eks/addon:Addon", "eks:index:Addon"].flatMap((type) => inventory.ofType(type));
}

/** Those of a name. Throws if one may be it, once its name is known. */
export function addonsCalled(name: string, inventory: Inventory): readonly Resource[] {
  return addonsOf(inventory).filter((addon) => addon.get("addonName").text() === name);
}
