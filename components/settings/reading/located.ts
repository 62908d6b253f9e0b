import { isDeepStrictEqual } from "node:util";
import { isMap, type Document } from "yaml";
import { inTheirFiles } from "../apps-from/placed";
import { SettingsError, type Problem } from "../errors";
import { decode, type StackConfig } from "./decode";
import { mostAliases, parseYaml } from "./parse-yaml";
import { placesIn, qualified } from "./places";

/** A stack file, as somebody reads it. */
export interface StackText {
  /** Its name, as messages have it. */
  readonly file: string;
  readonly text: string;
}

/**
 * The same error with the places of its problems in the stack file, and in the files of applications that it names.
 *
 * @param source the stack file; undefined where it isn't known
 */
export function located(error: SettingsError, config: StackConfig, source?: StackText): SettingsError {
  const problems = inTheirFiles(error.problems, config);
  const found = source ? inStackFile(problems, config, source) : problems;
  return new SettingsError([...found].sort(byPlace), source?.file ?? error.file);
}

/**
 * The engine hands over values, and doesn't say what file they are from: a section that is another in this file has no
 * place in it. What is missing has the place of what it would stand in.
 */
function inStackFile(problems: readonly Problem[], config: StackConfig, { text }: StackText): readonly Problem[] {
  const { document, lines } = parseYaml(text);
  if (document.errors.length > 0) return problems;
  const written = sectionsOf(document, config.project);
  const differs = (section: string) => !isWritten(written.get(section), config.values[section]);
  const different = new Set([...written.keys()].filter(differs));
  const find = placesIn(document, lines, config.project);
  return problems.map((problem): Problem => {
    const found = problem.place || problem.file ? undefined : find(problem.key);
    if (!found) return problem;
    // Longer names first: a key with dots in it may begin like another.
    const section = [...written.keys()].find((each) => problem.key === each || /^[.[]/.test(rest(problem.key, each)));
    const isHere = section === undefined ? different.size === 0 : !different.has(section);
    // What has a value, but not here, is from Pulumi.yaml or an environment.
    return isHere && (found.isBelow || problem.value === undefined) ? { ...problem, place: found.place } : problem;
  });
}

/** Those of the stack file first, then file by file; each from its beginning to its end, first those without a place. */
function byPlace(a: Problem, b: Problem): number {
  const [ours, theirs] = [a.file ?? "", b.file ?? ""];
  if (ours !== theirs) return ours < theirs ? -1 : 1;
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}

function rest(key: string, section: string): string {
  return key.startsWith(section) ? key.slice(section.length) : "";
}

/** What stands below `config`, by full key, the longest first. */
function sectionsOf(document: Document.Parsed, project: string): ReadonlyMap<string, unknown> {
  const config = isMap(document.contents) ? plainOf(document) : undefined;
  const entries = typeof config === "object" && config !== null ? Object.entries(config) : [];
  return new Map(
    entries
      .map(([key, value]): [string, unknown] => [qualified(key, project), value])
      .sort(([a], [b]) => b.length - a.length),
  );
}

/** The value of `config`; undefined if it can't be read, in which case the engine took another file. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return (document.toJS({ maxAliasCount: mostAliases }) as { readonly config?: unknown }).config;
  } catch {
    return undefined;
  }
}

/** Whether the engine's text is what stands in the file. Only the engine can read what is encrypted. */
function isWritten(written: unknown, text: string | undefined): boolean {
  if (written === null || written === undefined) return text === undefined || text === "{}" || text === "";
  // Without an engine, a section with something encrypted in it isn't handed over.
  if (text === undefined) return JSON.stringify(written).includes('{"secure":');
  if (typeof written === "string") return written === text;
  return isAlike(written, decode(text));
}

function isAlike(written: unknown, given: unknown): boolean {
  if (typeof written !== "object" || written === null) return isDeepStrictEqual(written, given);
  if (Object.keys(written).join() === "secure") return true;
  if (typeof given !== "object" || given === null || Array.isArray(written) !== Array.isArray(given)) return false;
  const [ours, theirs] = [Object.entries(written), given as Readonly<Record<string, unknown>>];
  return (
    ours.length === Object.keys(theirs).length &&
    ours.every(([key, value]) => Object.hasOwn(theirs, key) && isAlike(value, theirs[key]))
  );
}
