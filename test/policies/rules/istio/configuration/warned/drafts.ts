import type { Breaking } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { keeps } from "../refused/drafts";

export { keeps };

/** An object that istiod takes with warnings: what they say, each with what to do. */
export function breaks(kind: Parameters<typeof keeps>[0], spec: Loose, ...warnings: readonly string[]): Breaking {
  return { change: keeps(kind, spec), finds: warnings.map((warning) => `${kind} bookinfo/own: ${warning}`) };
}
