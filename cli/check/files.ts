import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { parse } from "yaml";
import type { Unjudged } from "../../policies/engine/evaluate";
import type { ResourceData } from "../../policies/engine/resource";
import { fromYaml, type Unreadable } from "../../policies/sources/yaml";

/** What stands where a rule's id would, for what has to be rendered. */
const renderRule = "--render";

/** What was found below some paths. */
export interface Reading {
  readonly resources: readonly ResourceData[];
  /** What can't be read, and why. The rest is judged without it. */
  readonly unreadable: readonly Unreadable[];
  /** Helm charts, and folders that Kustomize changes: what is applied exists only once somebody renders it. */
  readonly unrendered: readonly Unjudged[];
}

/**
 * The Kubernetes objects in files and folders.
 *
 * @param paths as the user wrote them; `-` is standard input
 * @param here where relative ones begin
 */
export function readFiles(paths: readonly string[], here: string): Reading {
  const resources: ResourceData[] = [];
  const unreadable: Unreadable[] = [];
  const unrendered: Unjudged[] = [];
  const add = (text: string, file: string) => {
    const result = fromYaml(text, file);
    resources.push(...result.resources);
    unreadable.push(...result.errors);
  };
  const attempt = (place: string, read: () => void) => {
    try {
      read();
    } catch (error) {
      unreadable.push({ place, reason: `can't be read: ${reason(error)}` });
    }
  };
  for (const path of paths) {
    // Findings name a file as the user would.
    const shown = (file: string) => (isAbsolute(path) ? file : relative(here, file));
    attempt(path, () => {
      if (path === "-") {
        add(readFileSync(0, "utf8"), "(standard input)");
        return;
      }
      const { files, charts, kustomized } = filesIn(resolve(here, path));
      unrendered.push(...charts.map((folder) => chart(shown(folder) || ".")));
      unrendered.push(...kustomized.map((folder) => kustomization(shown(folder) || ".")));
      for (const file of files)
        attempt(shown(file), () => {
          const text = readFileSync(file, "utf8");
          if (!isData(file, text) || file === resolve(here, path)) add(text, shown(file));
        });
    });
  }
  return { resources, unreadable, unrendered };
}

/** Whether a file holds no objects, nor a plan's: an editor's settings with comments in them, a line of JSON for each record. */
function isData(file: string, text: string): boolean {
  return file.endsWith(".json") && !text.includes('"apiVersion"');
}

function chart(folder: string): Unjudged {
  const reason = `it is a Helm chart (helm template NAME ${folder} | npm run check -- -)`;
  return { rule: renderRule, resource: folder, reason };
}

function kustomization(folder: string): Unjudged {
  const reason = `Kustomize changes what its files say, and they were taken as they stand (kubectl kustomize ${folder} | npm run check -- -)`;
  return { rule: renderRule, resource: folder, reason };
}

/** Files to read, and folders that say little before somebody renders them. */
interface Listing {
  readonly files: readonly string[];
  readonly charts: readonly string[];
  readonly kustomized: readonly string[];
}

const nothing: Listing = { files: [], charts: [], kustomized: [] };

/** A file itself, or a folder's manifests, sorted. What begins with a dot and other people's packages stay out. */
function filesIn(path: string): Listing {
  if (!statSync(path).isDirectory()) return { ...nothing, files: [path] };
  const entries = readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  if (entries.some(({ name }) => name === "Chart.yaml")) return { ...nothing, charts: [path] };
  const listings = entries.map((entry): Listing => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return filesIn(below);
    return /\.(ya?ml|json)$/.test(entry.name) ? { ...nothing, files: [below] } : nothing;
  });
  const own = entries.find(({ name }) => /^kustomization(\.ya?ml)?$/i.test(name));
  const patches = new Set(own && patchesIn(path, own.name));
  return {
    files: listings.flatMap(({ files }) => files).filter((file) => !patches.has(file)),
    charts: listings.flatMap(({ charts }) => charts),
    kustomized: [...(own ? [path] : []), ...listings.flatMap(({ kustomized }) => kustomized)],
  };
}

/** Files with parts of objects, which Kustomize puts into others. */
function patchesIn(folder: string, file: string): string[] {
  const content = read(join(folder, file));
  return ["patches", "patchesStrategicMerge", "patchesJson6902"]
    .flatMap((key) => content[key] ?? [])
    .flatMap((patch: unknown) =>
      typeof patch === "string" ? patch : ((patch as { path?: unknown } | null)?.path ?? []),
    )
    .flatMap((path) => (typeof path === "string" ? resolve(folder, path) : []));
}

/** What is broken there is printed with the other files' errors. */
function read(file: string): Readonly<Record<string, unknown>> {
  try {
    return Object(parse(readFileSync(file, "utf8"))) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function reason(error: unknown): string {
  if (error instanceof Error && "code" in error) {
    if (error.code === "ENOENT") return "there is no such file";
    if (error.code === "EACCES") return "you have no right to read it";
  }
  return error instanceof Error ? error.message : String(error);
}
