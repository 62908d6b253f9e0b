import { evaluate, resolved } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import type { ResourceData } from "../../policies/engine/resource";
import type { Rule } from "../../policies/engine/rule";
import { noSettings } from "../../policies/engine/settings";
import type { Path } from "../../policies/engine/value";
import { allCases } from "./cases";
import { copy, sample, StackDraft, today, type Loose, type Sample } from "./stack";
import { homeOf } from "./unknowns";

/** One resource of a sample, broken in a way that the rule's cases know. */
export interface Mutant {
  readonly rule: string;
  /** The case whose change it has. */
  readonly case: string;
  readonly sample: Sample;
  /** Pulumi's name of the resource. */
  readonly resource: string;
  readonly found: boolean;
}

/** A value that a case changes; undefined takes it away. */
interface Change {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Takes each change that the cases of a mandatory rule make to one resource, and makes it to every resource of that type in both
 * samples where it means the same: where all that it changes is there.
 */
export async function mutants(): Promise<Mutant[]> {
  const samples = { dev: await sample("dev"), prod: await sample("prod") };
  return allCases.flatMap(({ rule, breaks }) =>
    Object.entries(breaks).flatMap(([name, { change, sample: own = homeOf(rule) }]) => {
      const changed = changesOf(samples[own], change);
      if (!changed) return [];
      return (["dev", "prod"] as const)
        .filter((stack) => resolved(rule.severity, stack === "prod") === "mandatory")
        .flatMap((stack) => spread(rule, changed, samples[stack], stack).map((mutant) => ({ ...mutant, case: name })));
    }),
  );
}

/** What a case changes, if that is one resource. */
function changesOf(resources: readonly ResourceData[], change: (stack: StackDraft) => void) {
  const draft = new StackDraft(resources);
  change(draft);
  if (draft.resources.length !== resources.length) return undefined;
  const changed = resources.flatMap((before, index) => {
    const changes = differences(before.properties, draft.resources[index]?.properties, []);
    return changes.length > 0 ? [{ peers: peersOf(before), changes }] : [];
  });
  return changed.length === 1 ? changed[0] : undefined;
}

function spread(
  rule: Rule,
  { peers, changes }: { readonly peers: string; readonly changes: readonly Change[] },
  resources: readonly ResourceData[],
  stack: Sample,
): Omit<Mutant, "case">[] {
  const judge = (judged: readonly ResourceData[]) =>
    evaluate(new Inventory(judged, { production: stack === "prod", today }), [rule], noSettings).findings.length;
  return resources.flatMap((resource, index) => {
    if (peersOf(resource) !== peers || !changes.every((change) => fits(resource.properties, change))) return [];
    const properties = copy(resource.properties) as Loose;
    for (const change of changes) apply(properties, change);
    const broken = resources.map((each, position) => (position === index ? { ...each, properties } : each));
    return [{ rule: rule.id, sample: stack, resource: resource.name, found: judge(broken) > 0 }];
  });
}

/** What resources of one purpose have in common: a chart, or the stage that makes them. */
function peersOf({ type, urn, properties }: ResourceData): string {
  const stages = (urn?.split("::")[2] ?? "").split("$").slice(0, -1);
  const { chart } = properties;
  return [...stages, type, ...(typeof chart === "string" ? [chart] : [])].join(" ");
}

/** Whether what a change takes or replaces is there; what it adds needs only its place. */
function fits(properties: unknown, { path }: Change): boolean {
  let holder = properties;
  for (const key of path) {
    if (typeof holder !== "object" || holder === null) return false;
    if (!Object.hasOwn(holder, key)) return key === path.at(-1) && typeof key === "string";
    holder = (holder as Loose)[key];
  }
  return true;
}

function apply(properties: Loose, { path, value }: Change): void {
  let holder = properties;
  for (const key of path.slice(0, -1)) holder = holder[key];
  const last = path.at(-1)!;
  if (value === undefined) delete holder[last];
  else holder[last] = copy(value);
}

function differences(before: unknown, after: unknown, path: Path): Change[] {
  if (before === after) return [];
  if (!isHolder(before) || !isHolder(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, value: after }];
  // A list that has grown or shrunk is one thing.
  if (Array.isArray(before) && before.length !== Object.keys(after).length) return [{ path, value: after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) =>
    differences(before[key], after[key], [...path, Array.isArray(before) ? Number(key) : key]),
  );
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A mutant in one line. */
export function mutantText({ rule, case: name, sample: stack, resource }: Mutant): string {
  return `${rule}  ${name}: ${resource} of ${stack}`;
}
