import { at, text, type Properties, type ResourceType } from "./resource-type";

export interface Refusal {
  readonly property: string;
  readonly reason: string;
}

/** What stands for a value that is not known yet. @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a provider refuses of a resource's inputs, before anybody is asked to make it. */
export function refusals(type: ResourceType, inputs: Properties): Refusal[] {
  const missing = (type.required ?? [])
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => ({ property, reason: `Missing required argument: "${property}" is required.` }));
  const long = Object.entries(type.longest ?? {}).flatMap(([property, most]) => {
    const value = text(inputs, property);
    return value !== unknown && value.length > most
      ? [{ property, reason: `expected length of ${property} to be in the range (1 - ${most}), got ${value}` }]
      : [];
  });
  return [...missing, ...long];
}

/**
 * The inputs as a provider completes them: a name of its own, if the program gives none.
 *
 * @param name the resource's name in the program
 * @param before the inputs it was made with; it keeps the name it has
 */
export function completed(
  type: ResourceType,
  name: string,
  inputs: Properties,
  before: Properties | undefined,
  suffix: string,
): Properties {
  if (type.autonamed === undefined || inputs[type.autonamed] !== undefined) return inputs;
  const given = before && autonamed(before) ? before[type.autonamed] : undefined;
  return { ...inputs, [type.autonamed]: given ?? `${name}-${suffix}`, __defaults: [type.autonamed] };
}

function autonamed(inputs: Properties): boolean {
  return inputs.__defaults !== undefined;
}

/** What differs between two sets of inputs. */
export interface Difference {
  /** Property paths that differ, as Pulumi writes them: `metadata.annotations["example.com/key"]`. */
  readonly changed: readonly string[];
  /** Those that take a new resource. */
  readonly replaces: readonly string[];
  /** Whether the old one must go first: both would have the same name. */
  readonly oldFirst: boolean;
}

export function difference(type: ResourceType, before: Properties, after: Properties): Difference {
  const replaces = (type.immutable ?? []).filter((path) => !same(at(before, path), at(after, path)));
  const sameId = type.id(before, "") === type.id(after, "") && type.id(after, "1") === type.id(after, "2");
  return {
    changed: changedPaths(before, after, ""),
    replaces,
    oldFirst: sameId && !autonamed(after) && !unknownIn(after),
  };
}

function changedPaths(before: unknown, after: unknown, path: string): string[] {
  if (same(before, after)) return [];
  if (!isMap(before) || !isMap(after)) return [path];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    changedPaths(before[key], after[key], pathOf(path, key)),
  );
}

function pathOf(path: string, key: string): string {
  if (!/^\w+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function unknownIn(value: unknown): boolean {
  return value === unknown || (typeof value === "object" && value !== null && Object.values(value).some(unknownIn));
}
