import { closest as nearest, distance } from "fastest-levenshtein";

/** The candidate that a typo most likely meant, or undefined if none is near: at most a third of the letters may differ. */
export function closest(typo: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const candidate = nearest(typo.toLowerCase(), candidates);
  return distance(typo.toLowerCase(), candidate.toLowerCase()) <= Math.max(2, Math.floor(typo.length / 3)) ? candidate : undefined;
}
