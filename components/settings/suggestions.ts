import { closest as nearest, distance } from "fastest-levenshtein";

/**
 * The candidate that a typo most likely meant: one that begins like it, or differs in at most a third of its letters,
 * whatever their case. Undefined if none is near, or if it is a number, where near means nothing.
 */
export function closest(typo: string, candidates: readonly string[]): string | undefined {
  const word = typo.toLowerCase();
  if (candidates.length === 0 || word === "" || /^[\d.]+$/.test(word)) return undefined;
  const begun = word.length > 3 ? candidates.find((candidate) => candidate.toLowerCase().startsWith(word)) : undefined;
  if (begun) return begun;
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  const near = nearest(word, lower);
  const allowed = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return distance(word, near) <= allowed ? candidates[lower.indexOf(near)] : undefined;
}
