import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type YAMLMap } from "yaml";
import type { Place } from "../errors";
import { keyOf } from "./problems";

/** Where a key stands; or, if it isn't there, what is nearest above it. */
interface Found {
  readonly place: Place;
  /** Whether at least its first part is there, e.g. `eks-istio:apps`. */
  readonly isBelow: boolean;
}

/** What stands in a map or a list: where it begins, and the node. */
interface Child {
  readonly offset: number;
  readonly value: unknown;
}

type Children = ReadonlyMap<string, Child>;

/**
 * Finds keys such as `eks-istio:apps.reviews.routes[0]` in a stack file.
 *
 * @param project the namespace of keys that have none
 * @returns undefined for every key if the file has no `config`
 */
export function placesIn(
  document: Document.Parsed,
  lines: LineCounter,
  project: string,
): (key: string) => Found | undefined {
  const config = isMap(document.contents) ? namesIn(document.contents, document).get("config") : undefined;
  if (!config) return () => undefined;
  const sections = isMap(config.value) ? [...namesIn(config.value, document)] : [];
  const top: Children = new Map(sections.map(([name, child]) => [qualified(name, project), child]));

  return finder({ document, lines, top, start: config.offset });
}

/** Finds keys such as `.reviews.routes[0]` in a file that is a map itself. */
export function placesBelow(document: Document.Parsed, lines: LineCounter): (key: string) => Found {
  return finder({ document, lines, top: partsOf(document.contents, document), start: 0 });
}

interface Whole {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly top: Children;
  /** Where it begins. */
  readonly start: number;
}

function finder({ document, lines, top, start }: Whole): (key: string) => Found {
  const known = new Map<unknown, Children>();
  const childrenOf = (node: unknown): Children => {
    const at = isAlias(node) ? node.resolve(document) : node;
    const children = known.get(at) ?? partsOf(at, document);
    known.set(at, children);
    return children;
  };
  return (key) => {
    let [rest, children, offset] = [key, top, start];
    for (;;) {
      const part = beginnings(rest).find((each) => children.has(each));
      const child = part === undefined ? undefined : children.get(part);
      if (part === undefined || child === undefined) break;
      rest = rest.slice(part.length);
      offset = child.offset;
      children = childrenOf(child.value);
    }
    const { line, col } = lines.linePos(offset);
    return { place: { line, column: col }, isBelow: rest !== key };
  };
}

/** A key without a namespace belongs to the project. */
export function qualified(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/** The beginnings of a key that may be one name or index in it, longest first: names have dots and brackets, too. */
export function beginnings(key: string): string[] {
  const ends = [...key.matchAll(/[.[]/g)].map(({ index }) => index).filter((index) => index > 0);
  return [...ends, key.length].reverse().map((end) => key.slice(0, end));
}

/** Children by what they add to the key of the whole: `.port`, `["a.b"]`, `[0]`. */
function partsOf(node: unknown, document: Document.Parsed): Children {
  if (isSeq(node))
    return new Map(node.items.map((value, index) => [keyOf("", [index]), { offset: offsetOf(value), value }]));
  return isMap(node)
    ? new Map([...namesIn(node, document)].map(([name, child]) => [keyOf("", [name]), child]))
    : new Map();
}

/** The keys of a map, and after them those that it merges. */
function namesIn(map: YAMLMap, document: Document.Parsed, seen: readonly unknown[] = []): Map<string, Child> {
  const own = new Map<string, Child>();
  const merged: unknown[] = [];
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    // The package has a symbol of its own for a key that merges.
    if (key.value === "<<" || typeof key.value === "symbol") merged.push(...(isSeq(value) ? value.items : [value]));
    else own.set(String(key.value), { offset: offsetOf(key), value });
  }
  for (const one of merged) {
    const other = isAlias(one) ? one.resolve(document) : one;
    if (!isMap(other) || seen.includes(other)) continue;
    for (const [name, child] of namesIn(other, document, [...seen, map])) if (!own.has(name)) own.set(name, child);
  }
  return own;
}

function offsetOf(node: unknown): number {
  const ranged = node as { readonly range?: readonly [number, number, number] | null } | null | undefined;
  return ranged?.range?.[0] ?? 0;
}
