import { unknown } from "../../../policies/engine/value";

/** A map from somebody's file. */
export type Loose = Readonly<Record<string, unknown>>;

/** Keys down to a value, or a choice among a list's entries. */
export type Step = string | ((entry: unknown, index: number) => boolean);

export function isMap(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A map's own value, or an empty one in place of anything else. */
export function mapOf(value: unknown): Loose {
  return isMap(value) ? value : {};
}

/** A list's entries; none of anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A list's texts. */
export function texts(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === "string");
}

/**
 * A copy with another value at a path. Maps on the way are made where `create` says so; otherwise a path that isn't there
 * changes nothing.
 */
export function changed(
  value: unknown,
  path: readonly Step[],
  change: (value: unknown) => unknown,
  create = true,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (value === unknown) return value;
  if (Array.isArray(value)) {
    const chosen = typeof step === "string" ? (_: unknown, index: number) => step === String(index) : step;
    return value.map((entry: unknown, index) => (chosen(entry, index) ? changed(entry, rest, change, create) : entry));
  }
  if (!isMap(value) && (value ?? undefined) !== undefined) return value;
  const map = mapOf(value);
  if (typeof step !== "string") {
    const entries = Object.entries(map).map(([key, own]) => [key, changed(own, rest, change, create)]);
    return Object.fromEntries(entries) as unknown;
  }
  if (!create && !Object.hasOwn(map, step)) return value;
  return { ...map, [step]: changed(map[step], rest, change, create) };
}

/** What can't be known, at a path. */
export function hidden(value: unknown, path: readonly Step[]): unknown {
  return changed(value, path, () => unknown);
}
