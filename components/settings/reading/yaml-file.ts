import { type Alias, isMap as isMapNode, isScalar, visit, type Document, type LineCounter } from "yaml";
import { isDeeper } from "../depth";
import { SettingsError, syntax, type Place, type Problem } from "../errors";
import { mostAliases, parseYaml } from "./parse-yaml";
import { isMap } from "./maps";
import { single } from "./single-problem";
import { deep, syntaxProblem, type At } from "./syntax-problem";

/** Characters. The engine itself takes less: it hands the configuration over in one environment variable (pulumi#8680). */
const longestFile = 2 ** 20;

/** Maps and lists inside one another. All that reads them calls itself for each. */
const mostLevels = 100;

/** A YAML file that is a map. */
export interface YamlFile {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where a key of that map is. */
  readonly placeOf: (key: string) => Place | undefined;
}

/**
 * Reads a map in YAML.
 *
 * @param beginning how to begin a file that is no map, in the imperative
 * @throws SettingsError, with the place, if it is none
 */
export function readYaml(text: string, file: string, beginning: string): YamlFile {
  if (text.length > longestFile)
    throw single(
      "(the whole file)",
      undefined,
      `has ${(text.length / 2 ** 20).toFixed(1)} MiB, and may have 1`,
      "Spread its applications over several files, with appsFrom.",
      file,
    );
  const { document, lines } = parseYaml(text);
  const at = placesBy(lines, text);
  if (document.errors.length > 0) throw new SettingsError([syntaxProblem(document.errors, text, at)], file);
  const twice = repeatedKeysIn(document, file).map(({ name, offset, first }): Problem => ({
    ...at(offset),
    key: name,
    rule: `is there already: the same key stands in line ${at(first).place.line}, column ${at(first).place.column}`,
    fix: "Put what stands under both under one of them.",
  }));
  if (twice.length > 0) throw new SettingsError(twice, file);
  const value = toJs(document, file, at);
  if (value === null || value === undefined) return { value: {}, placeOf: () => undefined };
  if (!isMap(value)) throw single("(the whole file)", value, "must be a map of keys and values", beginning, file);
  return { value, placeOf: (key) => placeOfTop(document, key, at) };
}

function placesBy(lines: LineCounter, text: string): At {
  const all = text.split("\n");
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { key: syntax, value: all[line - 1]?.trim() ?? "", place: { line, column: col } };
  };
}

function placeOfTop({ contents }: Document.Parsed, name: string, at: At): Place | undefined {
  const pairs = isMapNode(contents) ? contents.items : [];
  const key = pairs.map((pair): unknown => pair.key).find((each) => isScalar(each) && String(each.value) === name);
  return isScalar(key) && key.range ? at(key.range[0]).place : undefined;
}

/** A key that stands twice in one map: where the second is, and where the first. */
interface Repetition {
  readonly name: string;
  readonly offset: number;
  readonly first: number;
}

function repeatedKeysIn(document: Document.Parsed, file: string): readonly Repetition[] {
  try {
    return repeatedKeys(document);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file);
    throw error;
  }
}

function tooDeep(file: string): SettingsError {
  return single("(the whole file)", undefined, "is nested too deeply to be read", deep, file);
}

function repeatedKeys(document: Document.Parsed): readonly Repetition[] {
  const repeated: Repetition[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Map<unknown, number>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const offset = key.range?.[0] ?? 0;
        const first = seen.get(key.value);
        if (first === undefined) seen.set(key.value, offset);
        else repeated.push({ name: String(key.value), offset, first });
      }
    },
  });
  return repeated;
}

function aliasWithoutAnchor(document: Document.Parsed): Alias | undefined {
  let lost: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined;
      lost = alias;
      return visit.BREAK;
    },
  });
  return lost;
}

function toJs(document: Document.Parsed, file: string, at: At): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    // What contains itself, or goes too deep, can't be handed on.
    JSON.stringify(value);
    if (isDeeper(value, mostLevels)) throw tooDeep(file);
    return value;
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const lost = error instanceof ReferenceError ? aliasWithoutAnchor(document) : undefined;
    if (lost) {
      const rule = `has an alias, *${lost.source}, and no anchor &${lost.source} before it`;
      throw new SettingsError(
        [{ ...at(lost.range?.[0] ?? 0), rule, fix: "Write the anchor first, or quote a text that begins with *." }],
        file,
      );
    }
    const unreadable = (rule: string, fix: string) => single("(the whole file)", undefined, rule, fix, file);
    if (error instanceof RangeError) throw tooDeep(file);
    if (error instanceof TypeError)
      throw unreadable(
        "has an alias inside of what it stands for, which never ends",
        "Write out what the alias means.",
      );
    throw unreadable(
      `can't be read: ${error instanceof Error ? error.message : String(error)}`,
      "Write out what its aliases stand for.",
    );
  }
}
