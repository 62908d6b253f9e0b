import { SettingsError, type Problem } from "../../components/settings/errors";
import type { StackConfig } from "../../components/settings/reading/decode";
import { encryptedIn, encryptedValue } from "../../components/settings/reading/encrypted";
import { located, type StackText } from "../../components/settings/reading/located";
import { qualified } from "../../components/settings/reading/places";
import { keyOf } from "../../components/settings/reading/problems";
import { isMap } from "../../components/settings/reading/maps";
import { single } from "../../components/settings/reading/single-problem";
import { readYaml } from "../../components/settings/reading/yaml-file";
import { sections } from "../../components/settings/schema";
import { outsideOfConfig } from "./outside-of-config";
import { readText } from "./read-text";

/** What a file needs that isn't a map. */
const beginning = 'Begin it with "config:".';

/** A stack's configuration, and the file that it is from. */
export interface StackFile {
  readonly config: StackConfig;
  readonly source: StackText;
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.STACK.yaml` as the engine does: declared values and defaults first, then the stack's.
 *
 * @param folder the project's folder
 * @param file the stack's file, if it has another name or place; from that folder on
 * @throws SettingsError if a file is missing, can't be parsed, or holds what only the engine can read
 */
export function readStackFile(folder: string, stack: string, file = `Pulumi.${stack}.yaml`): StackFile {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(stack))
    throw single(
      "--stack",
      stack,
      "is not the name of a stack",
      "Use letters, digits, hyphens, underscores and dots.",
      "The command line",
    );
  const project = readYaml(readText(folder, "Pulumi.yaml"), "Pulumi.yaml", beginning).value;
  const text = readText(folder, file);
  const { value: own, placeOf } = readYaml(text, file, beginning);
  const name = String(project.name);
  const values: Record<string, string> = {};
  for (const [key, declaration] of entriesOf(project.config, "Pulumi.yaml")) {
    const value = isMap(declaration) ? (declaration.value ?? declaration.default) : declaration;
    if (value !== undefined && value !== null) values[qualified(key, name)] = encode(value);
  }
  const problems = outsideOfConfig(own, name, placeOf);
  const entries = entriesOf(own.config, file);
  entries.forEach(([key, value], index) => {
    const full = qualified(key, name);
    const above = entries[index - 1];
    if (above?.[1] === null && !key.includes(":") && !Object.hasOwn(sections, key)) {
      problems.push(outdented(full, value, above[0]));
      values[full] = encode(value);
      return;
    }
    // Other namespaces' secrets are read by others.
    const ours = full.startsWith(`${name}:`);
    const encrypted = encryptedIn(value, []);
    if (ours) problems.push(...encrypted.map((path) => encryptedValue(keyOf(full, path))));
    if (encrypted.length === 0 && value !== undefined && value !== null) values[full] = encode(value);
  });
  const config = { project: name, stack, values };
  if (problems.length > 0) throw located(new SettingsError(problems, file), config, { file, text });
  return { config, source: { file, text } };
}

/** A key that most likely belongs to the one above it, which has nothing. */
function outdented(key: string, value: unknown, above: string): Problem {
  return {
    key,
    value,
    rule: `stands beside ${above}, which is empty`,
    fix: `Indent it by two more spaces, to stand below ${above}.`,
  };
}

/** The engine hands over strings: maps, lists, numbers and booleans as JSON. */
function encode(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
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
