import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { SettingsError, type Problem } from "../../components/settings/errors";
import { unknownKey } from "../../components/settings/reading/problems";
import type { StackConfig } from "../../components/settings/reading/decode";

/** Characters. The engine itself takes less: it hands the configuration over in one environment variable (pulumi#8680). */
const longestFile = 2 ** 20;

/** YAML aliases may multiply a small file; no stack file needs many. */
const mostAliases = 1000;

/**
 * Reads `Pulumi.yaml` and `Pulumi.STACK.yaml` as the engine does: declared values and defaults first, then the stack's.
 *
 * @param folder the project's folder
 * @throws SettingsError if a file is missing, can't be parsed, or holds what only the engine can read
 */
export function readStackConfig(folder: string, stack: string): StackConfig {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(stack))
    throw single(
      "--stack",
      stack,
      "is not the name of a stack",
      "Use letters, digits, hyphens, underscores and dots.",
      "The command line",
    );
  const project = readYaml(folder, "Pulumi.yaml");
  const file = `Pulumi.${stack}.yaml`;
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
    if (isMap(value) && "secure" in value) {
      // Other namespaces' secrets are read by others.
      if (qualified(key, name).startsWith(`${name}:`))
        problems.push({
          key,
          value: "[secret]",
          rule: "is encrypted, and only the engine can read it",
          fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
        });
    } else if (value !== undefined && value !== null) {
      values[qualified(key, name)] = encode(value);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems, file);
  return { project: name, stack, values };
}

/** The keys of a stack file; all but `config` are the engine's. @see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
const stackFileKeys = ["config", "environment", "encryptionsalt", "encryptedkey", "secretsprovider"];

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
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  // What follows the first error is most often its consequence.
  const problems = document.errors.slice(0, 1).map(({ message, pos }): Problem => {
    const { line, col } = lines.linePos(pos[0]);
    return {
      key: `line ${line}, column ${col}`,
      value: text.split("\n")[line - 1]?.trim(),
      rule: `is not YAML: ${message.split("\n")[0]}`,
      fix: "Mend the line. An editor with a YAML extension shows where it breaks.",
    };
  });
  if (problems.length > 0) throw new SettingsError(problems, file);
  const value = toJs(document, file);
  if (value === null || value === undefined) return {};
  if (!isMap(value))
    throw single("(the whole file)", value, "must be a map of keys and values", 'Begin it with "config:".', file);
  return value;
}

function toJs(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw single(
      "(the whole file)",
      undefined,
      `can't be read: ${error instanceof Error ? error.message : String(error)}`,
      "Write out what its aliases stand for.",
      file,
    );
  }
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch (error) {
    throw single(
      "(the whole file)",
      undefined,
      `can't be read: ${error instanceof Error && "code" in error && error.code === "ENOENT" ? "there is no such file" : String(error)}`,
      file === "Pulumi.yaml"
        ? "Run the command in the project's folder."
        : `Create it, or name another stack with --stack.`,
      file,
    );
  }
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
