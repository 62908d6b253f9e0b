import { Undecided } from "../../../value";

/**
 * Things by keys, in their order. A thing whose keys are unknown is kept aside: it costs no other thing its place, and
 * {@link settle} says that it may belong anywhere.
 */
export class Sorted<T> {
  readonly #groups = new Map<string, T[]>();
  readonly #aside: Undecided[] = [];

  constructor(things: Iterable<T>, keys: (thing: T) => Iterable<string | undefined>) {
    for (const thing of things) this.#place(thing, keys);
  }

  get(key: string): readonly T[] {
    return this.#groups.get(key) ?? [];
  }

  get groups(): Iterable<[string, readonly T[]]> {
    return this.#groups;
  }

  get isEmpty(): boolean {
    return this.#groups.size === 0 && this.#aside.length === 0;
  }

  /** Throws if something couldn't be placed. Call it before saying that there is nothing, or nothing more. */
  settle(): void {
    if (this.#aside[0]) throw this.#aside[0];
  }

  #place(thing: T, keys: (thing: T) => Iterable<string | undefined>): void {
    try {
      for (const key of new Set(keys(thing))) if (key !== undefined) this.#append(key, thing);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      this.#aside.push(error);
    }
  }

  #append(key: string, thing: T): void {
    const group = this.#groups.get(key);
    if (group) group.push(thing);
    else this.#groups.set(key, [thing]);
  }
}
