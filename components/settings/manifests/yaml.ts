import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type ScalarTag,
  type SchemaOptions,
  type YAMLMap,
} from "yaml";
import { isDeeper } from "../depth";

/** One document of a file, as Kubernetes reads it. */
export interface YamlDocument {
  readonly content: unknown;
  /** The line in the file, counted from 1, where the value at a path begins. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** What keeps a document from being read. */
export interface YamlMistake {
  readonly line: number;
  /** Reads behind the place: "a key that is there already". */
  readonly rule: string;
  readonly fix: string;
}

/** YAML aliases may multiply a small file; no manifest needs many. */
const mostAliases = 1000;

/** An octal number as YAML 1.2 writes it, which Kubernetes takes beside that of YAML 1.1. */
const octal: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?0o[0-7]+$/,
  resolve: (text) => Number(text.replace(/^[-+]/, "")) * (text.startsWith("-") ? -1 : 1),
};

/** Forms of YAML 1.1 that Kubernetes' parser doesn't have: it reads `12:30` and dates as text. */
function isTime(tag: { readonly tag: string; readonly format?: string | undefined }): boolean {
  return tag.format === "TIME" || tag.tag.endsWith(":timestamp");
}

/**
 * Words and numbers as sigs.k8s.io/yaml reads them, and so kubectl and the API server: `on` and `y` are true, `0777` is octal,
 * `1_000` a number.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go
 */
const options: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  merge: true,
  prettyErrors: false,
  // A warning would go past what is made safe to print.
  logLevel: "error",
  // Each key compared with all before it would take minutes for a large map.
  uniqueKeys: false,
  customTags: (tags) => [octal, ...tags.filter((tag) => typeof tag === "string" || !isTime(tag))],
};

/** Tags that say no more than what is read anyway. */
const plainTags = new Set(
  ["map", "seq", "str", "int", "float", "bool", "null"].map((type) => `tag:yaml.org,2002:${type}`),
);

/** Every document of a text, but for empty ones. One that can't be read takes nothing from the others. */
export function documentsIn(text: string): { documents: YamlDocument[]; mistakes: YamlMistake[] } {
  const documents: YamlDocument[] = [];
  const mistakes: YamlMistake[] = [];
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const parsed = orTooDeep(() => parseAllDocuments(text, { ...options, lineCounter: lines }));
  if (parsed === tooDeep) return { documents: [], mistakes: [{ line: 1, ...deep }] };
  for (const document of "empty" in parsed ? [] : parsed) {
    const mistaken = orTooDeep(() => mistakesIn(document, lineAt));
    const found = mistaken === tooDeep ? [{ line: lineAt(startOf(document, [])), ...deep }] : mistaken;
    mistakes.push(...found);
    if (found.length > 0) continue;
    const read = contentOf(document);
    const lineOf = (path: readonly (string | number)[]) => lineAt(startOf(document, path));
    if ("rule" in read) mistakes.push({ ...read, line: lineOf([]) });
    else if (read.content !== null && read.content !== undefined) documents.push({ content: read.content, lineOf });
  }
  return { documents, mistakes };
}

function startOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  const node = path.length > 0 ? document.getIn(path, true) : document.contents;
  const { range } = (node ?? document.contents ?? {}) as { readonly range?: readonly number[] | null };
  return range?.[0] ?? document.range[0];
}

function mistakesIn(document: Document.Parsed, lineAt: (offset: number) => number): YamlMistake[] {
  // What follows the first error is most often its consequence.
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    const isDeep = error.message.startsWith("Maximum call stack size");
    const line = lineAt(error.pos[0]);
    return [
      isDeep
        ? { line, ...deep }
        : {
            line,
            rule: `a text that is no YAML: ${error.message.split("\n")[0] ?? ""}`,
            fix: "Mend the line. An editor with a YAML extension shows where it breaks.",
          },
    ];
  }
  const mistakes: YamlMistake[] = [];
  visit(document, (_, node) => {
    if (!isNode(node)) return;
    const line = lineAt(node.range?.[0] ?? 0);
    if (isMap(node)) mistakes.push(...repeatedKeys(node, lineAt));
    if (isScalar(node) && typeof node.value === "number" && !isExact(node.value))
      mistakes.push({
        line,
        rule: `the number ${String(node.source ?? node.value)}, which JSON doesn't have or doesn't keep exactly`,
        fix: "Put it in quotes if it is a text, or write another one.",
      });
    if ("tag" in node && node.tag !== undefined && !plainTags.has(node.tag))
      mistakes.push({ line, rule: `the tag ${node.tag}, which no manifest has`, fix: "Write the value without it." });
  });
  return mistakes;
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function repeatedKeys({ items }: YAMLMap, lineAt: (offset: number) => number): YamlMistake[] {
  const seen = new Map<unknown, number>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const line = lineAt(key.range?.[0] ?? 0);
    const first = seen.get(key.value);
    if (first === undefined) seen.set(key.value, line);
    if (first === undefined || key.value === "<<") return [];
    return {
      line,
      rule: `the key ${String(key.value)} a second time: line ${first} has it first`,
      fix: "Put what stands under both under one of them.",
    };
  });
}

const deep = {
  rule: "a document that is nested too deeply to be read",
  fix: "Write it with fewer maps and lists inside one another.",
};

/** Maps and lists inside one another. Definitions of kinds have some fifty. */
const mostLevels = 500;

const tooDeep: unique symbol = Symbol("too deep");

/** What a function gives that calls itself for each level of a document, if there aren't too many. */
function orTooDeep<T>(read: () => T): T | typeof tooDeep {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
}

function contentOf(document: Document.Parsed): { content: unknown } | Pick<YamlMistake, "rule" | "fix"> {
  try {
    const content: unknown = document.toJS({ maxAliasCount: mostAliases });
    // What contains itself, or goes too deep, can't be handed on.
    JSON.stringify(content);
    return isDeeper(content, mostLevels) ? deep : { content };
  } catch (error) {
    if (error instanceof ReferenceError)
      return {
        rule: `aliases that can't be followed: ${error.message}`,
        fix: "Write out what its aliases stand for.",
      };
    if (error instanceof RangeError) return deep;
    if (error instanceof TypeError)
      return {
        rule: "an alias inside of what it stands for, which never ends",
        fix: "Write out what the alias means.",
      };
    if (error instanceof Error && error.message.startsWith("Merge sources"))
      return {
        rule: "the key << with something else than a map, or a list of maps",
        fix: "Write << with an alias of a map, or put it in quotes if it is a key like others.",
      };
    throw error;
  }
}
