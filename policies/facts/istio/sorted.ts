import { Undecided } from "../../engine/value";

/**
 * Things by keys, in their order. A thing whose keys are unknown is kept aside: it costs no other thing its place, and
 * {@link settle} says that it may belong anywhere.
 */
export class Sorted<T> {
  readonly #groups = new Map<string, T[]>();
  readonly #aside: { readonly thing: unknown; readonly error: Undecided }[] = [];

  constructor(things: Iterable<T>, keys: (thing: T) => Iterable<string>) {
    this.#fill(things, (thing) => [...new Set(keys(thing))].map((key) => [key, thing]));
  }

  /** Parts of things by keys, such as the servers of Gateways. */
  static parts<S, T>(things: Iterable<S>, pairs: (thing: S) => Iterable<readonly [string, T]>): Sorted<T> {
    const sorted = new Sorted<T>([], () => []);
    sorted.#fill(things, pairs);
    return sorted;
  }

  get(key: string): readonly T[] {
    return this.#groups.get(key) ?? [];
  }

  get groups(): Iterable<[string, readonly T[]]> {
    return this.#groups;
  }

  /**
   * Throws if something couldn't be placed. Call it before saying that there is nothing, or nothing more.
   *
   * @param concerns leaves out what can't matter, whatever is unknown about it
   */
  settle(concerns: (thing: unknown) => boolean = () => true): void {
    for (const { thing, error } of this.#aside) if (concerns(thing)) throw error;
  }

  #fill<S>(things: Iterable<S>, pairs: (thing: S) => Iterable<readonly [string, T]>): void {
    for (const thing of things)
      try {
        for (const [key, part] of pairs(thing)) this.#append(key, part);
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        this.#aside.push({ thing, error });
      }
  }

  #append(key: string, thing: T): void {
    const group = this.#groups.get(key);
    if (group) group.push(thing);
    else this.#groups.set(key, [thing]);
  }
}
