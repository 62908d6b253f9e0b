/** A copy of plain data that nobody can change. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const copy: unknown = Array.isArray(value)
    ? value.map(frozen)
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozen<unknown>(inner)]));
  return Object.freeze(copy) as T;
}
