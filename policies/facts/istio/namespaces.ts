import { closest, distance } from "fastest-levenshtein";
import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import type { Violation } from "../../engine/rule";

/**
 * What is wrong with a namespace that is nowhere here; undefined if nothing is. Most stacks don't make all namespaces of
 * their cluster: only what looks like a slip is as bad as the rule says.
 *
 * @param consequence reads after "no namespace shop is here, so"
 */
export function missingNamespace(name: string, consequence: string, inventory: Inventory): Violation | undefined {
  const known = inventory.once(knownNamespaces);
  if (name.includes("*") || known.has(name) || inventory.objects("Namespace").length === 0) return undefined;
  if (inventory.find("Namespace", "default", name) || inventory.isOutside("Namespace", "default", name))
    return undefined;
  const near = closest(name, [...known]);
  const isSlip = distance(name, near) <= 2;
  return {
    message: `no namespace ${name} is here, so ${consequence}.`,
    fix: `${isSlip ? `Did you mean ${near}? ` : ""}If others make it, name "Namespace default/${name}" under outside in the policies' configuration.`,
    ...(!isSlip && { severity: "advisory" }),
  };
}

/** Namespaces that are here, or that something here is in. */
function knownNamespaces({ resources }: Inventory): ReadonlySet<string> {
  const names = resources.flatMap((one) => {
    if (!(one instanceof KubernetesObject)) return [];
    return (one.kind === "Namespace" ? one.knownName : one.namespace) ?? [];
  });
  return new Set([...names, "kube-system", "istio-system"]);
}
