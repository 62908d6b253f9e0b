/** A value that remembers what was read of it. */
export interface Watched {
  readonly value: unknown;
  /** Paths of the fields that nobody read, outermost only. */
  readonly unread: () => (readonly string[])[];
}

/**
 * Watches which fields of a value are read.
 *
 * A validator that was compiled without strictness reads every field it knows, and no other: what it leaves unread is
 * unknown to it. Objects of free form, whose fields it doesn't look at either, would be reported, too; the kinds of
 * this project have none.
 */
export function watched(root: unknown): Watched {
  const read = new Map<object, Set<string>>();
  const watch = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const keys = read.get(value) ?? new Set();
    read.set(value, keys);
    return new Proxy(value, {
      get: (target, key) => {
        if (typeof key === "string") keys.add(key);
        return watch(Reflect.get(target, key));
      },
    });
  };
  const unread = (value: unknown, path: readonly string[]): (readonly string[])[] => {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, field]) => {
      const place = [...path, key];
      return read.get(value)?.has(key) ? unread(field, place) : [place];
    });
  };
  return { value: watch(root), unread: () => unread(root, []) };
}
