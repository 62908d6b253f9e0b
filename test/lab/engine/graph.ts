import type { StateResource } from "./lab";

/** What each resource waits for, by itself or through others: URNs by URN, from an engine's state. */
export function waitsFor(state: readonly StateResource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, string[]>();
  for (const { urn, parent } of state)
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), urn]);
  const resources = new Map(state.map((each) => [each.urn, each]));
  const found = new Map<string, Set<string>>();

  const visit = (urn: string): Set<string> => {
    const known = found.get(urn);
    if (known) return known;
    const all = new Set<string>();
    found.set(urn, all);
    const resource = resources.get(urn);
    // Who waits for a component waits for its children.
    const direct = [
      ...(resource?.dependencies ?? []),
      ...(resource?.custom === false ? (children.get(urn) ?? []) : []),
    ];
    for (const each of direct) {
      all.add(each);
      for (const further of visit(each)) all.add(further);
    }
    return all;
  };
  for (const { urn } of state) visit(urn);
  return found;
}
