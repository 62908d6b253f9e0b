import { append } from "../../engine/inventory";
import type { Value } from "../../engine/value";
import type { Labels, Workload } from "./workload";

/** What a selector selects for sure, and the unknown values because of which it may select more. */
export interface Selection<W extends Workload = Workload> {
  readonly found: readonly W[];
  readonly unknowns: readonly Value[];
}

/** What selects nothing. */
export const nothing: Selection = { found: [], unknowns: [] };

/** Throws if something unknown may be one more. Call it before saying that there is none, or no other. */
export function assertKnown({ unknowns }: Selection): void {
  for (const value of unknowns) value.text();
}

/** Workloads by their labels. */
export class WorkloadIndex<W extends Workload = Workload> {
  /** Each with what it stands for: pods with labels of their own are their workload's. */
  readonly #pods: readonly Pods<W>[];
  readonly #byLabel = new Map<string, Pods<W>[]>();
  readonly #withUnknowns: readonly Workload[];
  /** Values that are unknown, and would say in which namespaces workloads are. */
  readonly unknownNamespaces: readonly Value[];
  readonly #namespaces: ReadonlySet<string | undefined>;

  constructor(readonly all: readonly W[]) {
    this.#pods = all.flatMap((of) => [{ one: of, of }, ...of.variants.map((one) => ({ one, of }))]);
    for (const pods of this.#pods) for (const pair of pods.one.labels) append(this.#byLabel, pair.join("="), pods);
    this.#withUnknowns = this.#pods.map(({ one }) => one).filter(({ unknowns }) => unknowns.length > 0);
    this.#namespaces = new Set(all.map(({ namespace }) => namespace));
    this.unknownNamespaces = this.#withUnknowns.flatMap(({ unknowns }) =>
      unknowns.flatMap(({ about, value }) => (about === "namespace" ? [value] : [])),
    );
  }

  /** Whether a workload is known to be in a namespace. */
  isIn(namespace: string): boolean {
    return this.#namespaces.has(namespace);
  }

  /** The workloads that a selector selects, in a namespace or in all. An empty selector selects each. */
  select(labels: Labels, namespace?: string): Selection<W> {
    const found = this.#candidates(labels).flatMap(({ one, of }) =>
      (namespace === undefined || one.namespace === namespace) && contains(one.labels, labels) ? [of] : [],
    );
    return {
      found: [...new Set(found)],
      unknowns: [...new Set(this.#withUnknowns.flatMap((one) => unknownsAbout(one, labels, namespace)))],
    };
  }

  /** Those with the label that the fewest have. */
  #candidates(labels: Labels): readonly Pods<W>[] {
    let fewest = this.#pods;
    for (const pair of Object.entries(labels)) {
      const own = this.#byLabel.get(pair.join("=")) ?? [];
      if (fewest === this.#pods || own.length < fewest.length) fewest = own;
    }
    return fewest;
  }
}

interface Pods<W extends Workload> {
  readonly one: Workload;
  readonly of: W;
}

/** Whether labels have all of others. */
export function contains(labels: ReadonlyMap<string, string>, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels.get(key) === value);
}

/** The unknown values because of which a workload may be selected, or because of which nobody can say where it is. */
function unknownsAbout(workload: Workload, wanted: Labels, namespace: string | undefined): readonly Value[] {
  if (namespace !== undefined && (workload.namespace ?? namespace) !== namespace) return [];
  const ofLabels = workload.unknownsFor(wanted);
  if (ofLabels.length === 0 && !contains(workload.labels, wanted)) return [];
  const ofPlace = workload.unknowns.filter(({ about }) => about === "namespace").map(({ value }) => value);
  return [...ofPlace, ...ofLabels];
}
