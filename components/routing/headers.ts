import type { HeaderSettings } from "../settings/apps/headers";

/** Header changes in one: later operations win over earlier ones. */
export function mergeHeaders(...all: readonly (HeaderSettings | undefined)[]): HeaderSettings | undefined {
  const merged: { -readonly [Side in keyof HeaderSettings]: HeaderSettings[Side] } = {};
  for (const headers of all) {
    for (const side of ["request", "response"] as const) {
      const operations = headers?.[side];
      if (!operations) continue;
      const { set, add, remove } = merged[side] ?? {};
      merged[side] = {
        ...((set || operations.set) && { set: { ...set, ...operations.set } }),
        ...((add || operations.add) && { add: { ...add, ...operations.add } }),
        ...((remove || operations.remove) && { remove: [...(remove ?? []), ...(operations.remove ?? [])] }),
      };
    }
  }
  return Object.keys(merged).length > 0 ? merged : undefined;
}
