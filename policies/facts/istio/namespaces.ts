import { closest, distance } from "fastest-levenshtein";
import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import type { Check } from "../../engine/rule";
import type { Value } from "../../engine/value";

/**
 * Reports a namespace that is nowhere here. Most stacks don't make all namespaces of their cluster: only what looks like a
 * slip is as bad as the rule says.
 *
 * @param consequence reads after "no namespace shop is here, so"
 */
export function judgeNamespace(value: Value, consequence: string, inventory: Inventory, check: Check): void {
  const name = value.text() ?? "";
  const known = inventory.once(knownNamespaces);
  if (name.includes("*") || known.has(name) || inventory.objects("Namespace").length === 0) return;
  if (inventory.find("Namespace", "default", name) || inventory.isOutside("Namespace", "default", name)) return;
  const near = closest(name, [...known]);
  const isSlip = distance(name, near) <= 2;
  check.violation(value, {
    message: `no namespace ${name} is here, so ${consequence}.`,
    fix: `${isSlip ? `Did you mean ${near}? ` : ""}If others make it, name "Namespace default/${name}" under outside in the policies' configuration.`,
    ...(!isSlip && { severity: "advisory" }),
  });
}

/** Namespaces that are here, or that something here is in. */
function knownNamespaces({ resources }: Inventory): ReadonlySet<string> {
  const names = resources.flatMap((one) => {
    if (!(one instanceof KubernetesObject)) return [];
    return (one.kind === "Namespace" ? one.knownName : one.namespace) ?? [];
  });
  return new Set([...names, "kube-system", "istio-system"]);
}
