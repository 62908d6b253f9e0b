/** Where a single value lies. Text that is itself JSON is looked into, as Istio's annotations are. */
export type Path = readonly (string | number)[];

/** The single values in a value, with where they lie. */
export function leaves(value: unknown, path: Path = []): readonly { readonly path: Path; readonly value: unknown }[] {
  const inner = typeof value === "string" ? (json(value) ?? value) : value;
  if (typeof inner !== "object" || inner === null) return [{ path, value: inner }];
  const entries = Array.isArray(inner) ? [...inner.entries()] : Object.entries(inner);
  return entries.flatMap(([key, each]) => leaves(each, [...path, key]));
}

/** A copy of a value in which one thing is another. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value === "string") return JSON.stringify(replaced(json(value), [key, ...rest], by));
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === key ? replaced(each, rest, by) : each));
  const map = value as Readonly<Record<string, unknown>>;
  return { ...map, [key]: replaced(map[key], rest, by) };
}

/** Another value of the same kind: `45s` becomes `46s`. */
export function another(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string") throw new Error(`The lab has no other value for ${String(value)}.`);
  return /^\d/.test(value) ? value.replace(/^\d+/, (digits) => String(Number(digits) + 1)) : `${value}x`;
}

/** A place for people. */
export function written(path: Path): string {
  return path.join(".");
}

function json(text: string): unknown {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
