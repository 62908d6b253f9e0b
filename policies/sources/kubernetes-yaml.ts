import {
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
} from "js-yaml";
import type { Path } from "../engine/value";
import { Lines } from "./documents";
import { notPlain, plainContent, plainPlaces } from "./plain-yaml";
import type { Repeats } from "./repeats";
import { resolveScalar } from "./scalars";

/** Something that YAML allows, and Kubernetes' own reader refuses. */
export class RefusedYaml extends Error {}

/**
 * What a document says, read as sigs.k8s.io/yaml does for kubectl and the API server: YAML 1.1's words for true and
 * false, the last of two equal keys, maps' keys as text.
 *
 * @param repeats takes keys that stand twice
 * @throws YAMLException if it is no YAML, RefusedYaml if Kubernetes refuses it
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go
 */
export function contentsOf(text: string, repeats?: Repeats): unknown[] {
  const content = plainContent(text, repeats);
  if (content !== notPlain) return [content];
  repeats?.clear();
  return parsedContents(text, repeats);
}

/** The same, by a whole parser. */
export function parsedContents(text: string, repeats?: Repeats): unknown[] {
  return new Reader(text, repeats).documents();
}

/**
 * Finds lines, counted from 1, in a text that {@link contentsOf} read. It keeps no places: this reads the text again, when
 * the first is asked for.
 *
 * @returns where a value begins, by which of the contents it is in and its path; for one that is missing, the nearest that is there
 */
export function placesIn(text: string): (index: number, path: Path) => number {
  let find: ((index: number, path: Path) => number) | undefined;
  return (index, path) => {
    const first = index === 0 && path.length === 0 ? firstKey(text) : undefined;
    if (first !== undefined) return first;
    if (!find) {
      const plain = plainPlaces(text);
      find = plain ? (_, path) => plain(path) : parsedPlaces(text);
    }
    return find(index, path);
  };
}

/** The line of a document's first key, which most findings are about, where the document begins with nothing else. */
function firstKey(text: string): number | undefined {
  const [before] = /^(?:--- *\n)?(?:[ ]*(?:#.*)?\n)*(?=[A-Za-z]+:(?:[ \n]))/.exec(text) ?? [];
  return before === undefined ? undefined : before.split("\n").length;
}

/** The same, by a whole parser. */
export function parsedPlaces(text: string): (index: number, path: Path) => number {
  const reader = new Reader(text);
  const lines = new Lines(reader.text);
  return (index, path) => lines.at(reader.find(path, index));
}

/** Deeper than any manifest, and less than what a stack takes. */
const parserOptions = { maxDepth: 1000 };

/** YAML aliases may multiply a small file; no manifest repeats this many values. */
const mostRepeated = 100_000;

/**
 * The events of a text. A quoted scalar or a list in brackets may go on at its key's own indentation, or left of it: Kubernetes'
 * parser reads that, as its end is plain to see. This one does once such lines begin with more blanks, which are no part
 * of the value.
 */
function eventsOf(text: string): [text: string, events: Event[]] {
  let repaired = text;
  for (let repairs = 0; ; repairs += 1) {
    try {
      return [repaired, parseEvents(repaired, parserOptions)];
    } catch (error) {
      const place = error instanceof YAMLException && error.reason === "deficient indentation" && error.mark;
      if (!place || repairs === mostRepairs) throw error;
      const start = repaired.lastIndexOf("\n", place.position - 1) + 1;
      repaired = `${repaired.slice(0, start)}${" ".repeat(deepest)}${repaired.slice(start)}`;
    }
  }
}

/** Each costs a pass over the document. */
const mostRepairs = 200;

/** More blanks than any line begins with. */
const deepest = 200;

interface Anchor {
  readonly value: unknown;
  /** How many values it stands for. */
  readonly size: number;
}

/** Walks the events of a text once. */
class Reader {
  /** What was read: as it was given, but for blanks that begin a line. */
  readonly text: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, Anchor>();
  #next = 0;
  #size = 0;
  #repeated = 0;

  constructor(
    text: string,
    readonly repeats?: Repeats,
  ) {
    [this.text, this.#events] = eventsOf(text);
  }

  documents(): unknown[] {
    const all: unknown[] = [];
    while (this.#next < this.#events.length) {
      this.#next += 1;
      this.#anchors.clear();
      all.push(this.#peek().type === EVENT_ID.POP ? null : this.#value());
      this.#next += 1;
    }
    return all;
  }

  #peek(): Event {
    const event = this.#events[this.#next];
    if (event === undefined) throw new Error("the events of a YAML text end within a value");
    return event;
  }

  #value(): unknown {
    const event = this.#peek();
    this.#next += 1;
    this.#size += 1;
    if (event.type === EVENT_ID.ALIAS) return this.#alias(this.text.slice(event.anchorStart, event.anchorEnd));
    const before = this.#size;
    let value: unknown;
    if (event.type === EVENT_ID.SCALAR) value = this.#scalar(event);
    else if (event.type === EVENT_ID.SEQUENCE) value = this.#list();
    else if (event.type === EVENT_ID.MAPPING) value = this.#map();
    else throw new Error("the events of a YAML text are out of order");
    if (event.anchorStart !== -1)
      this.#anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), {
        value,
        size: this.#size - before + 1,
      });
    return value;
  }

  #scalar(event: Extract<Event, { readonly type: typeof EVENT_ID.SCALAR }>): unknown {
    const text = getScalarValue(this.text, event);
    const tag = event.tagStart === -1 ? "" : this.text.slice(event.tagStart, event.tagEnd);
    if (tag === "") return event.style === SCALAR_STYLE.PLAIN ? resolveScalar(text, tag) : text;
    return resolveScalar(text, tag);
  }

  #list(): unknown[] {
    const list: unknown[] = [];
    while (this.#peek().type !== EVENT_ID.POP) list.push(this.#colonAtEnd() ?? this.#value());
    this.#next += 1;
    return list;
  }

  /** `[2001:db8::]` holds a text for Kubernetes, and a key without a value by YAML 1.2. */
  #colonAtEnd(): string | undefined {
    const pair = this.#events[this.#next];
    const key = this.#events[this.#next + 1];
    const value = this.#events[this.#next + 2];
    if (pair?.type !== EVENT_ID.MAPPING || pair.style !== COLLECTION_STYLE.FLOW || key?.type !== EVENT_ID.SCALAR)
      return undefined;
    if (this.text.charAt(pair.start) === "{" || value?.type !== EVENT_ID.SCALAR || value.valueStart !== -1)
      return undefined;
    if (key.style !== SCALAR_STYLE.PLAIN || !/^:[\],]$/.test(this.text.slice(key.valueEnd, key.valueEnd + 2)))
      return undefined;
    this.#next += 4;
    return `${getScalarValue(this.text, key)}:`;
  }

  #map(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    // What is taken over from another map may be written anew.
    const own = new Set<string>();
    for (let event = this.#peek(); event.type !== EVENT_ID.POP; event = this.#peek()) {
      if (isMerge(event, this.text)) {
        this.#next += 1;
        merge(map, this.#value());
      } else {
        const key = keyText(this.#value());
        const value = this.#value();
        if (own.has(key)) this.repeats?.add(map, key, map[key], value);
        own.add(key);
        set(map, key, value);
      }
    }
    this.#next += 1;
    return map;
  }

  #alias(name: string): unknown {
    const anchor = this.#anchors.get(name);
    if (!anchor) throw new RefusedYaml(`*${name} stands for no value before it`);
    this.#size += anchor.size;
    this.#repeated += anchor.size;
    if (this.#repeated > mostRepeated)
      throw new RefusedYaml(`Excessive alias count: aliases repeat more than ${mostRepeated} values`);
    return anchor.value;
  }

  /** Goes down a path as far as it is there. */
  find(path: Path, index: number): number {
    this.#toDocument(index);
    let offset = startOf(this.#peek()) ?? 0;
    for (const key of path) {
      const event = this.#peek();
      this.#next += 1;
      const place =
        event.type === EVENT_ID.MAPPING
          ? this.#toKey(key)
          : event.type === EVENT_ID.SEQUENCE
            ? this.#toItem(Number(key))
            : undefined;
      if (place === undefined) break;
      offset = place;
    }
    return offset;
  }

  #toDocument(index: number): void {
    this.#next = 0;
    for (let passed = 0; passed < index; passed += 1) this.#skip();
    this.#next += 1;
  }

  #toKey(key: string | number): number | undefined {
    let found: number | undefined;
    let place: number | undefined;
    // Of two equal keys the last counts.
    for (let event = this.#peek(); event.type !== EVENT_ID.POP; event = this.#peek()) {
      const own = event.type === EVENT_ID.SCALAR ? getScalarValue(this.text, event) : undefined;
      this.#skip();
      if (own === String(key)) [found, place] = [this.#next, startOf(event)];
      this.#skip();
    }
    if (found !== undefined) this.#next = found;
    return place;
  }

  #toItem(index: number): number | undefined {
    for (let item = 0; item < index && this.#peek().type !== EVENT_ID.POP; item += 1) this.#skip();
    const event = this.#peek();
    return event.type === EVENT_ID.POP ? undefined : startOf(event);
  }

  /** Passes over one value with all that is in it. */
  #skip(): void {
    let depth = 0;
    do {
      const { type } = this.#peek();
      this.#next += 1;
      if (type === EVENT_ID.POP) depth -= 1;
      else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) depth += 1;
    } while (depth > 0);
  }
}

function startOf(event: Event): number | undefined {
  if (event.type === EVENT_ID.SCALAR)
    return event.valueStart === -1
      ? undefined
      : event.valueStart - (event.style === SCALAR_STYLE.SINGLE_QUOTED ? 1 : 0);
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE ? event.start : undefined;
}

function isMerge(event: Event, text: string): boolean {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false;
  return event.valueEnd - event.valueStart === 2 && text.startsWith("<<", event.valueStart);
}

/** Takes over another map's keys, over those that stand before it; of several maps the first one's. */
function merge(map: Record<string, unknown>, source: unknown): void {
  const sources: unknown[] = Array.isArray(source) ? [...(source as unknown[])].reverse() : [source];
  for (const one of sources) {
    if (typeof one !== "object" || one === null || Array.isArray(one)) throw new RefusedYaml("<< takes maps only");
    for (const [key, value] of Object.entries(one)) set(map, key, value);
  }
}

function set(map: Record<string, unknown>, key: string, value: unknown): void {
  // An assignment would set the object's prototype.
  if (key === "__proto__")
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

function keyText(key: unknown): string {
  if (typeof key === "string") return key;
  if (typeof key === "number" || typeof key === "boolean") return String(key);
  throw new RefusedYaml(key === null ? "a key is empty" : "a key is a map or a list");
}
