import { runInThisContext } from "node:vm";

/** Milliseconds after which something counts as hanging: a defect, which ends the test. */
const limit = 60_000;

/** Runs a function, and throws if it hangs: nothing else ends one that never waits. */
export function bounded<T>(run: () => T): T {
  const holder = globalThis as { boundedRun?: () => T };
  holder.boundedRun = run;
  try {
    return runInThisContext("globalThis.boundedRun()", { timeout: limit }) as T;
  } finally {
    delete holder.boundedRun;
  }
}
