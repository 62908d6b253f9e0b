import assert from "node:assert/strict";
import { madeGraph, type Graph } from "./graph";
import { Lab } from "./lab";

let graph: Promise<Graph> | undefined;

/** What waits for what in the sample stack, as the engine has it after an `up`. */
export function sampleGraph(): Promise<Graph> {
  return (graph ??= read());
}

async function read(): Promise<Graph> {
  const lab = await Lab.start();
  try {
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    return madeGraph(lab.state());
  } finally {
    lab.close();
  }
}
