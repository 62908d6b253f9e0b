import { SettingsError, type Place, type Problem } from "../errors";
import { decode, type StackConfig } from "../reading/decode";
import { encryptedIn, encryptedValue } from "../reading/encrypted";
import { keyOf } from "../reading/problems";
import type { ProjectFile, ReadFiles } from "../reading/project-files";
import { isMap } from "../reading/maps";
import { readYaml } from "../reading/yaml-file";
import { appsFrom, entryOf } from "./schema";
import { misplacedName } from "./misplaced-name";

/** An application in a file of its own. */
export interface FiledApp {
  readonly name: string;
  /** What the file says of it. */
  readonly entry: unknown;
  readonly file: ProjectFile;
  /** Which entry of `appsFrom` led to the file. */
  readonly from: number;
}

/** The applications that the entries of `appsFrom` lead to. */
export interface FiledApps {
  /** In the order of entries, files and lines; each name once. */
  readonly apps: readonly FiledApp[];
  readonly problems: readonly Problem[];
  /** Whether nothing was left out of them. */
  readonly isWhole: boolean;
}

/**
 * Reads the applications that stand in files of their own. An entry that is itself a problem leads to none; the section's
 * schema tells what is wrong with it.
 */
export function filedApps({ project, values }: StackConfig, read: ReadFiles): FiledApps {
  const section = `${project}:appsFrom`;
  const entries = appsFrom.safeParse(decode(values[section]));
  if (!entries.success) return { apps: [], problems: [], isWhole: false };
  const inStackFile = decode(values[`${project}:apps`]);
  const taken = new Map<string, string>(
    isMap(inStackFile) ? Object.keys(inStackFile).map((name) => [name, `${project}:apps`]) : [],
  );
  const apps: FiledApp[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  entries.data.forEach((entry, from) => {
    const { files, obstacles } = read(entryOf(entry).path);
    problems.push(
      ...obstacles.map(({ path, reason, fix }) => ({
        key: keyOf(section, [from]),
        value: entry,
        rule: `names ${path}, which ${reason}`,
        fix,
      })),
    );
    for (const file of files) {
      if (seen.has(file.path)) {
        problems.push({
          key: keyOf(section, [from]),
          value: entry,
          rule: `names ${file.path}, which an entry before it names, too`,
          fix: "Remove one of the two: each file is read once.",
        });
        continue;
      }
      seen.add(file.path);
      const found = appsIn(file);
      problems.push(...found.problems.map((problem) => ({ ...problem, file: file.path })));
      for (const { name, entry, place } of found.apps) {
        const before = taken.get(name);
        if (before === undefined) apps.push({ name, entry, file, from });
        else problems.push({ ...nameTwice(name, before), ...(place && { place }), file: file.path });
        taken.set(name, before ?? file.path);
      }
    }
  });
  return { apps, problems, isWhole: problems.length === 0 };
}

/** The configuration as it would be if all applications stood in the stack file. */
export function withFiledApps(config: StackConfig, { apps }: FiledApps): StackConfig {
  const section = `${config.project}:apps`;
  const inStackFile = decode(config.values[section]);
  if (apps.length === 0 || !(inStackFile === undefined || isMap(inStackFile))) return config;
  const all = { ...inStackFile, ...Object.fromEntries(apps.map(({ name, entry }) => [name, entry])) };
  return { ...config, values: { ...config.values, [section]: JSON.stringify(all) } };
}

function nameTwice(name: string, before: string): Problem {
  return {
    key: name,
    value: name,
    rule: `is an application of ${before} already: a name stands for one application of the stack`,
    fix: "Rename one of the two, or remove it.",
  };
}

interface Found {
  readonly apps: readonly { readonly name: string; readonly entry: unknown; readonly place: Place | undefined }[];
  readonly problems: readonly Problem[];
}

function appsIn(file: ProjectFile): Found {
  try {
    return entriesIn(file);
  } catch (error) {
    if (error instanceof SettingsError) return { apps: [], problems: error.problems };
    throw error;
  }
}

/** @throws SettingsError for a file that is no map in YAML */
function entriesIn({ path, text }: ProjectFile): Found {
  const { value, placeOf } = readYaml(text, path, 'Begin it with the name of an application, e.g. "search:".');
  const problems: Problem[] = [];
  const apps: Found["apps"][number][] = [];
  for (const [name, entry] of Object.entries(value)) {
    const place = placeOf(name);
    const placed = place && { place };
    const misplaced = misplacedName(name, entry);
    const encrypted = encryptedIn(entry, []);
    if (misplaced) problems.push({ key: name, value: entry, ...misplaced, ...placed });
    else if (encrypted.length > 0)
      problems.push(...encrypted.map((way) => ({ ...encryptedValue(keyOf(name, way)), ...placed })));
    else apps.push({ name, entry, place });
  }
  if (Object.keys(value).length === 0)
    problems.push({
      key: "(the whole file)",
      value: undefined,
      rule: "holds no application",
      fix: "Write one into it, or remove the file.",
    });
  return { apps, problems };
}
