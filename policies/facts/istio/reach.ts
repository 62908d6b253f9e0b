import type { Value } from "../../engine/value";
import { matchCovers, matchesOf, type Match } from "./matches";

/** A condition that takes nothing, since an earlier one takes all of it. */
export interface Shadow {
  readonly match: Match;
  readonly earlier: Match;
  /** The rule of the earlier one. */
  readonly by: Value;
}

/** A route rule, and what earlier ones leave of it. */
export interface Reach {
  readonly route: Value;
  readonly shadows: readonly Shadow[];
  /** No request gets here: each of its conditions is taken by earlier rules. */
  readonly isDead: boolean;
}

/** What each of a VirtualService's rules of one protocol can still take. Throws if any condition is unknown. */
export function reachOf(routes: readonly Value[]): Reach[] {
  const seen: { readonly match: Match; readonly route: Value }[] = [];
  return routes.map((route) => {
    const matches = matchesOf(route);
    const shadows = matches.flatMap((match): Shadow[] => {
      const earlier = seen.find((one) => matchCovers(one.match, match));
      seen.push({ match, route });
      return earlier ? [{ match, earlier: earlier.match, by: earlier.route }] : [];
    });
    // What a rule delegates is narrower than its own conditions: some of it comes back.
    const isDelegating = route.get("delegate").exists;
    if (isDelegating) seen.splice(seen.length - matches.length);
    return { route, shadows, isDead: shadows.filter(({ by }) => by !== route).length === matches.length };
  });
}
