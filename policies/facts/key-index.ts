import { append } from "../engine/inventory";
import { Undecided } from "../engine/value";

/**
 * Things by keys, in their order: VirtualServices by host, policies by namespace. A thing whose keys are unknown is kept
 * aside: it costs no other thing its place, and {@link assertKnown} says that it may belong anywhere.
 *
 * @example
 * ```ts
 * const entries = new KeyIndex(inventory.objects("ServiceEntry"), hostsOf);
 * if (entries.get("db.example.com").length === 0) entries.assertKnown();
 * ```
 */
export class KeyIndex<T> {
  readonly #groups = new Map<string, T[]>();
  readonly #aside: { readonly thing: unknown; readonly error: Undecided }[] = [];

  constructor(things: Iterable<T>, keys: (thing: T) => Iterable<string>) {
    this.#fill(things, (thing) => [...new Set(keys(thing))].map((key) => [key, thing]));
  }

  /** Parts of things by keys, such as the servers of Gateways. */
  static ofParts<S, T>(things: Iterable<S>, pairs: (thing: S) => Iterable<readonly [string, T]>): KeyIndex<T> {
    const index = new KeyIndex<T>([], () => []);
    index.#fill(things, pairs);
    return index;
  }

  /** The things under a key, without those that are kept aside. */
  get(key: string): readonly T[] {
    return this.#groups.get(key) ?? [];
  }

  get groups(): Iterable<[string, readonly T[]]> {
    return this.#groups;
  }

  /**
   * Throws if a thing is kept aside. Call it before saying that there is nothing, or nothing more.
   *
   * @param concerns leaves out what can't matter, whatever is unknown about it
   */
  assertKnown(concerns: (thing: unknown) => boolean = () => true): void {
    for (const { thing, error } of this.#aside) if (concerns(thing)) throw error;
  }

  #fill<S>(things: Iterable<S>, pairs: (thing: S) => Iterable<readonly [string, T]>): void {
    for (const thing of things)
      try {
        for (const [key, part] of pairs(thing)) append(this.#groups, key, part);
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        this.#aside.push({ thing, error });
      }
  }
}
