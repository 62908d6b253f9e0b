import { append, type Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";

/**
 * Resources of a type that wait for another one. While ids are unknown, this alone says what belongs to what.
 *
 * @example `dependentsOf(inventory, vpc, "aws:ec2/flowLog:FlowLog")`
 */
export function dependentsOf(inventory: Inventory, { data }: Resource, type: string): readonly Resource[] {
  const all = inventory.once(byDependency).get(data.urn ?? "") ?? [];
  return all.filter((one) => one.type === type);
}

/** Resources of a type that another one waits for. */
export function dependenciesOf(inventory: Inventory, { data }: Resource, type: string): readonly Resource[] {
  return [...new Set(data.dependencies)].flatMap((urn) => {
    const found = inventory.withUrn(urn);
    return found?.type === type ? [found] : [];
  });
}

function byDependency({ resources }: Inventory): ReadonlyMap<string, readonly Resource[]> {
  const dependents = new Map<string, Resource[]>();
  for (const resource of resources)
    for (const urn of new Set(resource.data.dependencies)) append(dependents, urn, resource);
  return dependents;
}

/** URNs of all that waits, directly or not, for one of some resources, with these themselves. */
export function waitingFor(urns: readonly string[], inventory: Inventory): ReadonlySet<string> {
  const dependents = inventory.once(waitersByUrn);
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
function waitersByUrn(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { data } of inventory.resources) {
    const { urn, provider, dependencies } = data;
    if (urn === undefined) continue;
    for (const dependency of provider === undefined ? dependencies : [...dependencies, provider]) {
      append(dependents, dependency, urn);
    }
  }
  return dependents;
}
