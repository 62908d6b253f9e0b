import type { Value } from "../engine/value";

/** A JSON Web Key, as far as anybody looks into it. */
export interface Key {
  readonly kty?: unknown;
  readonly d?: unknown;
}

/** The keys of a JSON Web Key Set in a text, or the single one that stands there; undefined if it can't be read. */
export function keysIn(jwks: Value): readonly Key[] | undefined {
  const read = parsed(jwks.text() ?? "");
  if (typeof read !== "object" || read === null) return undefined;
  const keys: readonly unknown[] = "keys" in read && Array.isArray(read.keys) ? read.keys : [read];
  return keys.map((key) => (typeof key === "object" && key !== null ? key : {}));
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
