import assert from "node:assert/strict";
import { typeOf } from "../engine/journal";
import type { Lab, Options, Outcome } from "../engine/lab";
import type { Operation } from "../engine/session";

/** What the engine decided on, sorted: `update Service`. That it reads a resource before is no decision. */
export function told({ steps }: Outcome): string[] {
  return steps
    .filter(({ operation }) => operation !== "refresh")
    .map(({ operation, urn }) => `${operation} ${typeOf(urn).split(":").at(-1) ?? ""}`)
    .sort();
}

function decisions({ steps }: Outcome): string[] {
  return steps.map(({ operation, urn }) => `${operation} ${urn}`).sort();
}

/**
 * Runs an operation with the real provider and with its stand-in, and holds one against the other: both have the engine
 * decide the same.
 *
 * @returns the real one's outcome
 */
export async function both(operation: Operation, real: Lab, standIn: Lab, options: Options = {}): Promise<Outcome> {
  const [outcome, played] = await Promise.all([real[operation](options), standIn[operation](options)]);
  for (const { succeeded, diagnostics } of [outcome, played]) assert.ok(succeeded, diagnostics);
  assert.deepEqual(decisions(outcome), decisions(played));
  return outcome;
}
