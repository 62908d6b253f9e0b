import type { Resource } from "./resource";

/** Stands in a resource's properties where only AWS or the cluster can say the value, later. */
export const unknown: unique symbol = Symbol("unknown");

/** Stands there for a secret: rules see that there is one, never what it is, so that no finding can print it. */
export const secret: unique symbol = Symbol("secret");

/** Stands where something is written that can't be looked into. Reading it throws, as reading what is unknown does. */
export class Unreadable {
  /** @param reason reads after where it stands: `data.mesh isn't readable YAML` */
  constructor(readonly reason: string) {}
}

/** A map or list of properties, as read from any source. */
export type Properties = Readonly<Record<string, unknown>>;

/** Keys and indexes from a resource's properties down to a value. */
export type Path = readonly (string | number)[];

/**
 * Thrown when a rule reads what can't be known yet. Rules never catch it: the guard of the subject does (see
 * `Check.each`), notes what couldn't be judged, and goes on with the next subject.
 */
export class Undecided extends Error {
  constructor(
    /** The resource that has the unknown: most often the subject, sometimes one it was compared with. */
    readonly resource: Resource,
    readonly path: Path,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/**
 * A value somewhere in a resource, which knows where it stands and may be unknown.
 *
 * `get` never throws. Reading (`text`, `list`, …) gives undefined or nothing for what is absent or of another type,
 * and throws {@link Undecided} for what is unknown: a rule is written as if everything were known.
 *
 * @example
 * ```ts
 * const ports = service.get("spec", "ports").list();
 * const names = ports.map((port) => port.get("name").text() ?? "");
 * ```
 */
export class Value {
  // A check of a folder makes hundreds of thousands: fields declared this way are each written once.
  declare readonly resource: Resource;
  declare private readonly raw: unknown;
  declare private readonly parent: Value | undefined;
  declare private readonly key: string | number | undefined;

  constructor(resource: Resource, raw: unknown, parent?: Value, key?: string | number) {
    this.resource = resource;
    this.raw = raw ?? undefined;
    this.parent = parent;
    this.key = key;
  }

  /** What stands below, key by key; absent if any step is, unknown if any step is. */
  get(...keys: Path): Value {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the walk begins here
    let value: Value = this;
    for (const key of keys) value = new Value(this.resource, below(value.raw, key), value, key);
    return value;
  }

  /** Whether there is anything. Throws if that is unknown. */
  get exists(): boolean {
    return this.raw === secret || this.known() !== undefined;
  }

  /** Whether reading would throw. For the rare rule that has something to say about an unknown. */
  get isUnknown(): boolean {
    return isOpaque(this.raw);
  }

  /** A string; undefined if it is absent or something else. */
  text(): string | undefined {
    const raw = this.known();
    return typeof raw === "string" ? raw : undefined;
  }

  /** A number; undefined if it is absent or something else. */
  number(): number | undefined {
    const raw = this.known();
    return typeof raw === "number" ? raw : undefined;
  }

  /** True or false; undefined if it is absent or something else. */
  boolean(): boolean | undefined {
    const raw = this.known();
    return typeof raw === "boolean" ? raw : undefined;
  }

  /** A list's entries, each of which may be unknown; none if it is absent or no list. */
  list(): Value[] {
    const raw = this.known();
    return Array.isArray(raw) ? raw.map((_, index) => new Value(this.resource, below(raw, index), this, index)) : [];
  }

  /** A map's entries, each of which may be unknown; none if it is absent or no map. */
  entries(): [string, Value][] {
    const raw = this.known();
    return isMap(raw) ? Object.keys(raw).map((key) => [key, new Value(this.resource, raw[key], this, key)]) : [];
  }

  /** A map of strings, such as labels or a selector. Throws if any of them is unknown. */
  texts(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.entries().flatMap(([key, value]) => {
        const text = value.text();
        return text === undefined ? [] : [[key, text]];
      }),
    );
  }

  /** Everything below as plain data, to compare or to show. Throws if any of it is unknown. */
  plain(): unknown {
    const raw = this.known();
    if (Array.isArray(raw)) return this.list().map((value) => value.plain());
    if (isMap(raw)) return Object.fromEntries(this.entries().map(([key, value]) => [key, value.plain()]));
    return raw;
  }

  /** Where it stands in its resource, outermost key first. */
  get keys(): Path {
    return this.parent === undefined ? [] : [...this.parent.keys, this.key ?? ""];
  }

  /** Where it stands, as people write it: `spec.http[0].route[1].destination.host`. */
  get path(): string {
    return pathText(this.resource.written(this.keys));
  }

  private known(): unknown {
    if (!isOpaque(this.raw)) return this.raw;
    // The outermost unknown is the one to name: what stands below it doesn't exist yet.
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the walk begins here
    let origin: Value = this;
    while (origin.parent) {
      if (origin.parent.raw !== this.raw) break;
      origin = origin.parent;
    }
    throw new Undecided(this.resource, origin.keys, reasonOf(this.raw));
  }
}

function isOpaque(raw: unknown): raw is typeof unknown | typeof secret | Unreadable {
  return typeof raw === "symbol" ? raw === unknown || raw === secret : raw instanceof Unreadable;
}

function reasonOf(raw: typeof unknown | typeof secret | Unreadable): string {
  if (raw instanceof Unreadable) return raw.reason;
  return raw === secret ? "is a secret" : "is unknown";
}

/** What stands below a key in raw data; what is below an unknown is unknown. */
export function below(raw: unknown, key: string | number): unknown {
  if (raw === undefined || raw === null) return undefined;
  if (isOpaque(raw)) return raw;
  if (typeof raw !== "object" || !Object.hasOwn(raw, key)) return undefined;
  return (raw as Record<string | number, unknown>)[key];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @example `pathText(["metadata", "labels", "istio.io/rev"])` is `metadata.labels["istio.io/rev"]` */
export function pathText(path: Path): string {
  return path
    .map((key) =>
      typeof key === "number" ? `[${key}]` : /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    )
    .join("")
    .replace(/^\./, "");
}
