import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Alias, isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { SettingsError, type Problem } from "../../components/settings/errors";
import { keyOf, unknownKey } from "../../components/settings/reading/problems";
import type { StackConfig } from "../../components/settings/reading/decode";

/** Characters. The engine itself takes less: it hands the configuration over in one environment variable (pulumi#8680). */
const longestFile = 2 ** 20;

/** YAML aliases may multiply a small file; no stack file needs many. */
const mostAliases = 1000;

/**
 * Reads `Pulumi.yaml` and `Pulumi.STACK.yaml` as the engine does: declared values and defaults first, then the stack's.
 *
 * @param folder the project's folder
 * @param file the stack's file, if it has another name or place; from that folder on
 * @throws SettingsError if a file is missing, can't be parsed, or holds what only the engine can read
 */
export function readStackConfig(folder: string, stack: string, file = `Pulumi.${stack}.yaml`): StackConfig {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(stack))
    throw single(
      "--stack",
      stack,
      "is not the name of a stack",
      "Use letters, digits, hyphens, underscores and dots.",
      "The command line",
    );
  const project = readYaml(folder, "Pulumi.yaml");
  const own = readYaml(folder, file);
  const name = String(project.name);
  const values: Record<string, string> = {};
  for (const [key, declaration] of entriesOf(project.config, "Pulumi.yaml")) {
    const value = isMap(declaration) ? (declaration.value ?? declaration.default) : declaration;
    if (value !== undefined && value !== null) values[qualified(key, name)] = encode(value);
  }
  const problems = Object.keys(own)
    .filter((key) => !stackFileKeys.includes(key))
    .map((key) => unknownKey(key, own[key], key, stackFileKeys));
  for (const [key, value] of entriesOf(own.config, file)) {
    // Other namespaces' secrets are read by others.
    const ours = qualified(key, name).startsWith(`${name}:`);
    const encrypted = encryptedIn(value, []);
    if (ours) problems.push(...encrypted.map((path) => encryptedValue(keyOf(key, path))));
    if (encrypted.length === 0 && value !== undefined && value !== null) values[qualified(key, name)] = encode(value);
  }
  if (problems.length > 0) throw new SettingsError(problems, file);
  return { project: name, stack, values };
}

/** The keys of a stack file; all but `config` are the engine's. @see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
const stackFileKeys = ["config", "environment", "encryptionsalt", "encryptedkey", "secretsprovider"];

/** Where a value, or a part of one, is what `pulumi config set --secret` writes: `{secure: CIPHERTEXT}`. */
function encryptedIn(value: unknown, path: readonly PropertyKey[]): (readonly PropertyKey[])[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => encryptedIn(child, [...path, index]));
  if (!isMap(value)) return [];
  if (typeof value.secure === "string" && Object.keys(value).length === 1) return [path];
  return Object.entries(value).flatMap(([key, child]) => encryptedIn(child, [...path, key]));
}

function encryptedValue(key: string): Problem {
  return {
    key,
    value: "[secret]",
    rule: "is encrypted, and only the engine can read it",
    fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
  };
}

/** A key without a namespace belongs to the project. */
function qualified(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/** The engine hands over strings: maps, lists, numbers and booleans as JSON. */
function encode(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readYaml(folder: string, file: string): Record<string, unknown> {
  const text = readText(folder, file);
  if (text.length > longestFile)
    throw single(
      "(the whole file)",
      undefined,
      `has ${(text.length / 2 ** 20).toFixed(1)} MiB, and may have 1`,
      "Spread its applications over several stacks.",
      file,
    );
  const lines = new LineCounter();
  // Each key compared with all before it would take minutes for a large map.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, uniqueKeys: false });
  const at: At = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { key: `line ${line}, column ${col}`, value: text.split("\n")[line - 1]?.trim() };
  };
  // What follows the first error is most often its consequence.
  const [error] = document.errors;
  if (error) {
    const tooDeep = error.message.startsWith("Maximum call stack size");
    const rule = tooDeep ? "is nested too deeply to be read" : `is not YAML: ${error.message.split("\n")[0]}`;
    const fix = tooDeep ? deep : "Mend the line. An editor with a YAML extension shows where it breaks.";
    throw new SettingsError([{ ...at(error.pos[0]), rule, fix }], file);
  }
  const twice = repeatedKeys(document).map(({ offset, first }): Problem => ({
    ...at(offset),
    rule: `has a key that is there already: ${at(first).key}`,
    fix: "Put what stands under both under one of them.",
  }));
  if (twice.length > 0) throw new SettingsError(twice, file);
  const value = toJs(document, file, at);
  if (value === null || value === undefined) return {};
  if (!isMap(value))
    throw single("(the whole file)", value, "must be a map of keys and values", 'Begin it with "config:".', file);
  return value;
}

/** A place in the file as a problem tells it: its key, and the line itself. */
type At = (offset: number) => Pick<Problem, "key" | "value">;

/** Keys that stand twice in one map: where the second is, and where the first. */
function repeatedKeys(document: Document.Parsed): readonly { readonly offset: number; readonly first: number }[] {
  const repeated: { offset: number; first: number }[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Map<unknown, number>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const offset = key.range?.[0] ?? 0;
        const first = seen.get(key.value);
        if (first === undefined) seen.set(key.value, offset);
        else repeated.push({ offset, first });
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

/** What to do about a file that goes too deep. */
const deep = "Write it with fewer maps and lists inside one another: no setting needs more than twenty.";

function toJs(document: Document.Parsed, file: string, at: At): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    // What contains itself, or goes too deep, can't be handed on.
    JSON.stringify(value);
    return value;
  } catch (error) {
    const lost = error instanceof ReferenceError ? aliasWithoutAnchor(document) : undefined;
    if (lost) {
      const rule = `has an alias, *${lost.source}, and no anchor &${lost.source} before it`;
      throw new SettingsError(
        [{ ...at(lost.range?.[0] ?? 0), rule, fix: "Write the anchor first, or quote a text that begins with *." }],
        file,
      );
    }
    const unreadable = (rule: string, fix: string) => single("(the whole file)", undefined, rule, fix, file);
    if (error instanceof RangeError) throw unreadable("is nested too deeply to be read", deep);
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

function readText(folder: string, file: string): string {
  try {
    return readFileSync(resolve(folder, file), "utf8");
  } catch (error) {
    throw single(
      "(the whole file)",
      undefined,
      `can't be read: ${error instanceof Error && "code" in error && error.code === "ENOENT" ? "there is no such file" : String(error)}`,
      file === "Pulumi.yaml" ? "Run the command in the project's folder." : `Create it, or ${naming(folder)}.`,
      file,
    );
  }
}

/** How to name a stack that is there. */
function naming(folder: string): string {
  const stacks = readdirSync(folder)
    .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
    .map((stack) => `--stack ${stack}`);
  return stacks.length === 0 ? "name its file with --config-file" : `name one that is there: ${stacks.join(", ")}`;
}

function entriesOf(config: unknown, file: string): [string, unknown][] {
  if (config === undefined || config === null) return [];
  if (!isMap(config))
    throw single(
      "config",
      config,
      "must be a map of keys and values",
      'Write the keys below "config:", each on a line of its own.',
      file,
    );
  return Object.entries(config);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function single(key: string, value: unknown, rule: string, fix: string, file: string): SettingsError {
  return new SettingsError([{ key, value, rule, fix }], file);
}
