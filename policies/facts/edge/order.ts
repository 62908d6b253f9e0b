import type { Inventory } from "../../engine/inventory";

/** URNs of all that waits, directly or not, for one of some resources, with these themselves. */
export function dependentsOf(urns: readonly string[], inventory: Inventory): ReadonlySet<string> {
  const dependents = inventory.once(reversed);
  const found = new Set<string>();
  const next = [...urns];
  for (let urn = next.pop(); urn !== undefined; urn = next.pop()) {
    if (found.has(urn)) continue;
    found.add(urn);
    next.push(...(dependents.get(urn) ?? []));
    // Who waits for a component waits for all that it made.
    for (let up = parentOf(urn, inventory); up !== undefined; up = parentOf(up, inventory))
      next.push(...(dependents.get(up) ?? []));
  }
  return found;
}

function parentOf(urn: string, inventory: Inventory): string | undefined {
  return inventory.withUrn(urn)?.data.parent;
}

/** Who waits for a resource, by its URN. */
function reversed(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { data } of inventory.resources) {
    const { urn, provider, dependencies } = data;
    if (urn === undefined) continue;
    for (const dependency of provider === undefined ? dependencies : [...dependencies, provider]) {
      const known = dependents.get(dependency);
      if (known) known.push(urn);
      else dependents.set(dependency, [urn]);
    }
  }
  return dependents;
}
