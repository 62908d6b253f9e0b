import type { Inventory } from "../../engine/inventory";
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
    for (const urn of new Set(resource.data.dependencies)) {
      const known = dependents.get(urn);
      if (known) known.push(resource);
      else dependents.set(urn, [resource]);
    }
  return dependents;
}
