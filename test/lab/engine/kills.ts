import assert from "node:assert/strict";
import type { Moment, Which } from "./faults";
import { layers, type Graph } from "./graph";
import { cutShort, unlock } from "./interrupted";
import { releaseType } from "./kubernetes";
import type { Lab } from "./lab";

/** One kill of the engine, and what it left. */
export interface Kill {
  readonly stopped: readonly string[];
  readonly pending: readonly string[];
}

/** When a call is cut; the cloud has carried out what is cut after it. */
export type Cut = (index: number) => Moment;

/** The cloud has carried out every other call. */
export const inTurn: Cut = (index) => (index % 2 === 0 ? "before" : "after");

/** The resources on the first of so many layers, on the next first one, and so on: what is alike stands together. */
export function everyNthLayer(graph: Graph, n: number): ReadonlySet<string> {
  return new Set([...layers(graph)].filter(([, layer]) => layer % n === 0).map(([urn]) => urn));
}

/** Runs an operation until calls that are cut have halted it, and kills the engine there. */
export async function killedIn(
  lab: Lab,
  which: Which,
  cut: Cut,
  operation: "up" | "destroy",
  graph?: Graph,
): Promise<Kill> {
  const hold = lab.faults.hold(which, cut);
  const outcome = await lab.killAt(hold, operation, graph);
  if (outcome) assert.ok(outcome.succeeded, outcome.diagnostics);
  // The provider died with the engine, and Helm was not done.
  for (const { object } of cutShort(lab)) if (object.type === releaseType) lab.cloud.leaveStuck(object.id);
  return { stopped: hold.stopped.map(({ urn }) => urn), pending: lab.pending().map(({ urn }) => urn) };
}

/**
 * Runs an operation again and again, each time killed in calls that were not cut before, until one gets through.
 *
 * @param which calls are cut
 * @param wayOut what is done after each kill, when the stack is unlocked
 */
export async function killInEach(
  lab: Lab,
  operation: "up" | "destroy",
  which: Which,
  cut: Cut,
  { graph, wayOut }: { readonly graph?: Graph; readonly wayOut?: (lab: Lab) => Promise<void> } = {},
): Promise<Kill[]> {
  const met = new Set<string>();
  for (const kills: Kill[] = []; ;) {
    const kill = await killedIn(lab, (call) => which(call) && !met.has(call.urn), cut, operation, graph);
    if (kill.stopped.length === 0) return kills;
    kills.push(kill);
    for (const urn of kill.stopped) met.add(urn);
    await unlock(lab);
    await wayOut?.(lab);
  }
}
