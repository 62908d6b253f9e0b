import type { Path } from "../engine/value";

/** Where a document's keys stand more than once: seldom anywhere. Of their values the last one counts. */
export class Repeats {
  /** By the map and the key, whether what stands there is the same scalar each time. */
  readonly #keys = new Map<object, Map<string, boolean>>();

  /** Notes that a map gets another value for a key that it has. */
  add(map: object, key: string, earlier: unknown, later: unknown): void {
    const isSame = earlier === later && (typeof later !== "object" || later === null);
    let own = this.#keys.get(map);
    if (!own) this.#keys.set(map, (own = new Map<string, boolean>()));
    own.set(key, isSame && own.get(key) !== false);
  }

  clear(): void {
    this.#keys.clear();
  }

  /** Paths of such keys below a value. */
  below(value: unknown): { readonly path: Path; readonly isSame: boolean }[] {
    const found: { readonly path: Path; readonly isSame: boolean }[] = [];
    if (this.#keys.size > 0) this.#walk(value, [], found);
    return found;
  }

  #walk(value: unknown, path: Path, found: { readonly path: Path; readonly isSame: boolean }[]): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, isSame] of this.#keys.get(value) ?? []) found.push({ path: [...path, key], isSame });
    for (const [key, inner] of Object.entries(value))
      this.#walk(inner, [...path, Array.isArray(value) ? Number(key) : key], found);
  }
}
