import type { Description, Resource } from "../../engine/resource";
import { below, secret, unknown, type Path } from "../../engine/value";

interface Place {
  readonly from: Path;
  readonly to: Path;
}

/**
 * The properties of something that a resource describes, put together part by part, each of which knows where it is
 * written.
 *
 * @example `new Draft(object).put(["values"], ["spec", "values"]).put(["chart"], ["spec", "chart", "spec", "chart"])`
 */
export class Draft implements Description {
  readonly #places: Place[] = [];
  #properties: unknown = {};

  constructor(readonly origin: Resource) {}

  get properties(): Readonly<Record<string, unknown>> {
    return this.#properties as Readonly<Record<string, unknown>>;
  }

  /** Takes over what the resource has at a place. */
  take(from: Path, to: Path): this {
    return this.put(from, rawAt(this.origin, to), to);
  }

  /**
   * Puts a value in: a map into the map that is there, anything else in the place of what is there. What is undefined
   * leaves all as it is, and says where it would be written.
   */
  put(from: Path, value: unknown, to: Path): this {
    this.#places.push({ from, to });
    if (value !== undefined) this.#properties = inserted(this.#properties, from, certain(value));
    return this;
  }

  /** Makes all values unknown, if the resource has something at a place that changes them unseen. */
  hide(at: Path): this {
    const raw = rawAt(this.origin, at);
    if (raw === undefined || (Array.isArray(raw) && raw.length === 0)) return this;
    // In Pulumi's shape, files hold what isn't here.
    return this.put(["values"], unknown, at).put(["valueYamlFiles"], Array.isArray(raw) ? ["elsewhere"] : raw, at);
  }

  /** The latest place that has it; where none has, the first that is for it. */
  written(path: Path): Path {
    const fitting = this.#places
      .filter(({ from }) => from.every((key, index) => path[index] === key))
      .map(({ from, to }) => ({ length: from.length, at: [...to, ...path.slice(from.length)] }));
    const there = fitting.filter(({ at }) => isThere(this.origin, at)).at(-1);
    const [nearest] = [...fitting].sort((a, b) => b.length - a.length);
    return (there ?? nearest)?.at ?? [];
  }
}

/** What a resource has at a place, with the symbols of unknowns; undefined for nothing. */
export function rawAt({ data }: Resource, path: Path): unknown {
  return path.reduce<unknown>(below, data.properties) ?? undefined;
}

/** A text there; undefined for anything else. */
export function textAt(resource: Resource, ...path: Path): string | undefined {
  const raw = rawAt(resource, path);
  return typeof raw === "string" && raw !== "" ? raw : undefined;
}

/** The indexes of a list's entries there; none for what is no list. */
export function indexesAt(resource: Resource, ...path: Path): number[] {
  const raw = rawAt(resource, path);
  return Array.isArray(raw) ? [...raw.keys()] : [];
}

/** Whether what is there is unknown. */
export function isUnknownAt(resource: Resource, ...path: Path): boolean {
  return [unknown, secret].includes(rawAt(resource, path) as typeof unknown);
}

function isThere({ data }: Resource, path: Path): boolean {
  const raw = path.reduce<unknown>(below, data.properties);
  return raw !== undefined && raw !== null;
}

function inserted(base: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return merged(base, value);
  if (base === unknown || base === secret) return base;
  const map = isMap(base) ? base : {};
  return { ...map, [key]: inserted(map[key], rest, value) };
}

/** As Helm merges values. */
function merged(base: unknown, value: unknown): unknown {
  if (!isMap(base) || !isMap(value)) return value;
  const keys = Object.keys(value).map((key) => [key, merged(base[key], value[key])] as const);
  return { ...base, ...Object.fromEntries(keys) };
}

/** A copy in which texts are unknown that somebody fills in before they are applied: `${scheme}`, `{{ .scheme }}`. */
function certain(value: unknown): unknown {
  if (typeof value === "string") return /\$\{|\{\{/.test(value) ? unknown : value;
  if (Array.isArray(value)) return value.map(certain);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, certain(value[key])]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
