/** A resource in the engine's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly protect?: boolean;
  /** All that it waits for. */
  readonly dependencies: readonly string[];
  /** That of it from which its inputs come. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly parent?: string;
  /** URN and id. */
  readonly provider?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What each resource waits for, by itself or through others: URNs by URN. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a resource stands in a cloud: it is no component, and no provider. */
export function made({ custom, type }: Pick<StateResource, "custom" | "type">): boolean {
  return custom && !type.startsWith("pulumi:");
}

/** The URN in a reference to a provider, which ends in its id. */
export function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

/** What each of an engine's resources waits for, components and providers included. */
export function waitsFor(state: readonly StateResource[]): Graph {
  const children = new Map<string, string[]>();
  for (const { urn, parent } of state)
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), urn]);
  const resources = new Map(state.map((each) => [each.urn, each]));
  const found = new Map<string, Set<string>>();

  /** A component of another package makes its children when the values that it is given are there. */
  const inherited = (urn: string | undefined): readonly string[] => {
    const component = urn === undefined ? undefined : resources.get(urn);
    return component?.custom === false ? [...component.dependencies, ...inherited(component.parent)] : [];
  };
  const direct = (urn: string): string[] => {
    const { dependencies = [], provider, custom, parent } = resources.get(urn) ?? {};
    return [
      ...dependencies,
      ...inherited(parent),
      ...(provider === undefined ? [] : [providerUrn(provider)]),
      // Who waits for a component waits for its children.
      ...(custom === false ? (children.get(urn) ?? []) : []),
    ];
  };
  const visit = (urn: string): Set<string> => {
    const known = found.get(urn);
    if (known) return known;
    const all = new Set<string>();
    found.set(urn, all);
    for (const each of direct(urn)) {
      all.add(each);
      for (const further of visit(each)) all.add(further);
    }
    return all;
  };
  for (const { urn } of state) visit(urn);
  return found;
}

/** The graph of what stands in a cloud, without components and providers. */
export function madeGraph(state: readonly StateResource[]): Graph {
  const urns = new Set(state.filter(made).map(({ urn }) => urn));
  return new Map(
    [...waitsFor(state)]
      .filter(([urn]) => urns.has(urn))
      .map(([urn, before]) => [urn, new Set([...before].filter((each) => urns.has(each)))]),
  );
}

/** What can be made next: all it waits for is there, and it is not. */
export function ready(graph: Graph, there: ReadonlySet<string>): string[] {
  return [...graph]
    .filter(([urn, before]) => !there.has(urn) && [...before].every((each) => there.has(each)))
    .map(([urn]) => urn);
}

/** On which layer each stands, by the longest chain of what it waits for: what waits for nothing stands on 0. */
export function layers(graph: Graph): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const layerOf = (urn: string): number => {
    const known = found.get(urn);
    if (known !== undefined) return known;
    const layer = Math.max(-1, ...[...(graph.get(urn) ?? [])].map(layerOf)) + 1;
    found.set(urn, layer);
    return layer;
  };
  for (const urn of graph.keys()) layerOf(urn);
  return found;
}
