import { unknown } from "../../../policies/engine/value";
import { mayBeNamed, maySelect, opaque, withProperties, type Part } from "./part";
import { hidden, isMap, listOf, mapOf, type Loose, type Step } from "./values";

/** A patch as it was written: what it holds, and whom it is for if that doesn't say so itself. */
export interface Patch {
  /** An object's part, or a list of operations. */
  readonly content: unknown;
  readonly target?: Loose;
  readonly options?: Loose;
}

/**
 * What patches leave certain of objects: all that they can't change. How Kustomize puts them together depends on the
 * schema of each kind, which isn't guessed here.
 */
export function patched(parts: readonly Part[], { content, target, options = {} }: Patch): Part[] {
  return parts.map((part) => {
    const isMeant = target ? maySelect(target, part) : isMap(content) && mayBeNamed(content, part);
    if (!isMeant) return part;
    if (options.allowKindChange === true || (!isMap(content) && !Array.isArray(content))) return opaque(part);
    if (Array.isArray(content))
      return withProperties(
        part,
        content.reduce<unknown>((value, operation) => operated(value, mapOf(operation)), part.data.properties),
      );
    if (directive in content) return opaque(part);
    const { apiVersion: _, kind: __, metadata, ...rest } = content;
    const { name: ___, namespace: ____, ...described } = mapOf(metadata);
    const identity = options.allowNameChange === true ? { name: unknown } : {};
    return withProperties(part, merged(part.data.properties, { ...rest, metadata: { ...described, ...identity } }));
  });
}

/** What asks for a whole map, or a whole object, to be dropped. */
const directive = "$patch";

/** A value with all unknown that a patch names. Lists are put together by keys that their kinds have. */
function merged(value: unknown, patch: unknown): unknown {
  if (!isMap(patch) || value === unknown) return unknown;
  if (Object.keys(patch).some((key) => key.startsWith("$"))) return unknown;
  if (!isMap(value) && (value ?? undefined) !== undefined) return unknown;
  const map = mapOf(value);
  return { ...map, ...Object.fromEntries(Object.entries(patch).map(([key, own]) => [key, merged(map[key], own)])) };
}

/** A value with all unknown that a JSON patch's operation may change. */
function operated(value: unknown, { op, path, from }: Loose): unknown {
  if (op === "test") return value;
  const afterMove = op === "move" && typeof from === "string" ? hidden(value, pointer(value, from, true)) : value;
  if (typeof path !== "string") return unknown;
  return hidden(afterMove, pointer(value, path, op !== "replace"));
}

/** The keys of a JSON pointer, up to the list whose entries it adds or takes away. */
function pointer(value: unknown, text: string, moves: boolean): string[] {
  const keys = text
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  let below = value;
  for (const [index, key] of keys.entries()) {
    if (Array.isArray(below) && (key === "-" || (moves && index === keys.length - 1))) return keys.slice(0, index);
    below = Array.isArray(below) ? (below as readonly unknown[])[Number(key)] : mapOf(below)[key];
  }
  return keys;
}

/** What replacements leave certain of objects. */
export function replaced(parts: readonly Part[], replacement: Loose): Part[] {
  return listOf(replacement.targets).reduce<Part[]>(
    (all, target) => {
      const { select, fieldPaths } = mapOf(target);
      const paths = Array.isArray(fieldPaths) ? listOf(fieldPaths) : ["metadata.name"];
      return all.map((part) => {
        if (!maySelect(mapOf(select), part)) return part;
        return withProperties(
          part,
          paths.reduce<unknown>(
            (value, path) => hidden(value, typeof path === "string" ? fieldPath(path) : []),
            part.data.properties,
          ),
        );
      });
    },
    [...parts],
  );
}

/** @example `spec.template.spec.containers.[name=web].image`, with `\.` for a dot that is part of a key */
function fieldPath(text: string): Step[] {
  return (text.match(/\[[^\]]*\]|(?:\\.|[^.[])+/g) ?? []).map((part): Step => {
    const choice = /^\[([^=]*)=(.*)\]$/.exec(part);
    if (choice) return (entry) => String(mapOf(entry)[choice[1] ?? ""]) === choice[2];
    if (part === "*") return () => true;
    return part.replace(/^\[(.*)\]$/, "$1").replaceAll("\\.", ".");
  });
}

/** What variables leave certain: every text without one. */
export function withoutVariables(part: Part, names: readonly string[]): Part {
  if (names.length === 0) return part;
  const marks = names.map((name) => `$(${name})`);
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return marks.some((mark) => value.includes(mark)) ? unknown : value;
    if (Array.isArray(value)) return value.map(walk);
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, own]) => [key, walk(own)])) : value;
  };
  return withProperties(part, walk(part.data.properties));
}
