import type { Problem } from "../errors";
import { elsewhere, wordHere, wordsMissing } from "./foreign-words";
import { roomsOf } from "./rooms";
import { closest, isNearly } from "./suggestions";

/**
 * The problem with a key that nobody knows. The best hint is the first of: the name here of another tool's word, the key
 * that a slip meant, the place of a key that stands elsewhere, what this project doesn't have, and the nearest name.
 *
 * @param key the whole key, e.g. `eks-istio:apps.cart.cors`
 * @param name its last part
 * @param known the names that may stand in its place
 */
export function unknownKey(key: string, value: unknown, name: string, known: readonly string[]): Problem {
  return { key, value, rule: "is not a known key", fix: fixOf(key, value, name, known) };
}

function fixOf(key: string, value: unknown, name: string, known: readonly string[]): string {
  const here = known.includes(name) ? undefined : wordHere(name, known);
  if (here) return here;
  const near = closest(name, known);
  if (near && isNearly(name, near)) return `Did you mean "${near}"?`;
  const rooms = roomsOf(name, key);
  if (rooms.length > 0) return `Its place is ${elsewhere(rooms)}.`;
  const missing = wordsMissing(name);
  if (missing) return missing;
  if (near) return `Did you mean "${near}"?`;
  // What a comma makes of a text without quotes in {…}: a: x,y is a: x, and y.
  const isRest =
    value === null ? " If it belongs to the text before it, put that in quotes: in {…} and […] a comma ends it." : "";
  return known.length > 0 ? `Remove it. Known here: ${known.join(", ")}.${isRest}` : `Remove it.${isRest}`;
}
