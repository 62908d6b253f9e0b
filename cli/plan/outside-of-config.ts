import type { Place, Problem } from "../../components/settings/errors";
import { unknownKey } from "../../components/settings/reading/unknown-key";
import { sections } from "../../components/settings/schema";

/** The keys of a stack file; all but `config` are the engine's. @see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
const stackFileKeys = ["config", "environment", "encryptionsalt", "encryptedkey", "secretsprovider"];

/**
 * The problems with keys beside `config` in a stack file. Those of Pulumi's packages and of this project belong below it:
 * without their indentation, or without the line `config:`, the engine passes over them.
 *
 * @param placeOf where a key at the beginning of the file's lines is
 */
export function outsideOfConfig(
  file: Readonly<Record<string, unknown>>,
  project: string,
  placeOf: (key: string) => Place | undefined,
): Problem[] {
  const keys = Object.keys(file).filter((key) => !stackFileKeys.includes(key));
  const [first, ...others] = keys.filter((key) => isConfiguration(key, project));
  const hasConfig = Object.hasOwn(file, "config");
  const unknown = keys
    .filter((key) => !isConfiguration(key, project) || hasConfig)
    .map((key): Problem => {
      const place = placeOf(key);
      const problem = isConfiguration(key, project)
        ? outdented(key, file[key])
        : unknownKey(key, file[key], key, stackFileKeys);
      return { ...problem, ...(place && { place }) };
    });
  if (first === undefined || hasConfig) return unknown;
  const place = placeOf(first);
  const rest =
    others.length === 0 ? "" : `, as ${others.length === 1 ? "1 other key does" : `${others.length} other keys do`}`;
  return [
    {
      key: first,
      value: file[first],
      rule: `stands at the beginning of its line${rest}, and the file has no config for it to belong to`,
      fix: 'Write "config:" on a line before it, and indent all that belongs to it by two spaces.',
      ...(place && { place }),
    },
    ...unknown,
  ];
}

function isConfiguration(key: string, project: string): boolean {
  return key.includes(":") || Object.hasOwn(sections, key) || key === project;
}

function outdented(key: string, value: unknown): Problem {
  return {
    key,
    value,
    rule: "stands beside config, and belongs into it: nobody reads it here",
    fix: "Indent it, with all that belongs to it, by two spaces, like the other keys of config.",
  };
}
