import { closest as nearest, distance } from "fastest-levenshtein";

/**
 * The candidate that a typo most likely meant, whatever their case: one with the same letters in another order, one
 * that begins like it, or one that differs in at most a third of its letters, and three. Undefined if none is near, or
 * if it is a number or a version, where near means nothing.
 */
export function closest(typo: string, candidates: readonly string[]): string | undefined {
  const word = typo.toLowerCase();
  if (candidates.length === 0 || word === "" || /^v?\d[\d.]*$/.test(word)) return undefined;
  const find = (alike: (candidate: string) => boolean) =>
    candidates.find((candidate) => alike(candidate.toLowerCase()));
  const swapped = find((candidate) => letters(candidate) === letters(word));
  const begun = word.length > 3 ? find((candidate) => candidate.startsWith(word)) : undefined;
  if (swapped ?? begun) return swapped ?? begun;
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  const near = nearest(word, lower);
  const allowed = word.length <= 3 ? 1 : Math.min(3, Math.max(2, Math.floor(word.length / 3)));
  return distance(word, near) <= allowed ? candidates[lower.indexOf(near)] : undefined;
}

/** Whether a typo is as good as certain: one letter is wrong, two are swapped, or the end is missing. */
export function isNearly(typo: string, candidate: string): boolean {
  const [word, meant] = [typo.toLowerCase(), candidate.toLowerCase()];
  return distance(word, meant) <= 1 || letters(word) === letters(meant) || meant.startsWith(word);
}

function letters(word: string): string {
  return Array.from(word).sort().join("");
}
