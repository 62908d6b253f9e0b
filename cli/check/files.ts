import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { Unjudged } from "../../policies/evaluate";
import type { ResourceData } from "../../policies/resource";
import { fromYaml } from "../../policies/sources/yaml";

/** Every file that can't be read, and every place where one is no YAML. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";

  constructor(errors: readonly string[]) {
    super(
      `${errors.length === 1 ? "1 error" : `${errors.length} errors`}. Nothing was judged.\n\n  ${errors.join("\n  ")}`,
    );
  }
}

/** What stands where a rule's id would, for a chart. */
const chartRule = "--render";

/** What was found below some paths. */
export interface Found {
  readonly resources: readonly ResourceData[];
  /** Helm charts, which hold no objects before somebody renders them. */
  readonly charts: readonly Unjudged[];
}

/**
 * The Kubernetes objects in files and folders.
 *
 * @param paths as the user wrote them; `-` is standard input
 * @param here where relative ones begin
 * @throws UnreadableError with every error in any of them
 */
export function readFiles(paths: readonly string[], here: string): Found {
  const errors: string[] = [];
  const charts: Unjudged[] = [];
  const results = paths.flatMap((path) => {
    try {
      if (path === "-") return [fromYaml(readFileSync(0, "utf8"), "(standard input)")];
      // Findings name a file as the user would.
      const shown = (file: string) => (isAbsolute(path) ? file : relative(here, file));
      const { files, charts: unread } = filesIn(resolve(here, path));
      charts.push(...unread.map((chart) => unjudged(shown(chart) || ".")));
      return files.map((file) => fromYaml(readFileSync(file, "utf8"), shown(file)));
    } catch (error) {
      errors.push(`${path}: can't be read: ${reason(error)}`);
      return [];
    }
  });
  errors.push(...results.flatMap((result) => result.errors));
  if (errors.length > 0) throw new UnreadableError(errors);
  return { resources: results.flatMap(({ resources }) => resources), charts };
}

function unjudged(chart: string): Unjudged {
  return {
    rule: chartRule,
    resource: chart,
    reason: `it is a Helm chart (helm template NAME ${chart} | npm run check -- -)`,
  };
}

/** Files to read, and the charts among the folders. */
interface Listing {
  readonly files: readonly string[];
  readonly charts: readonly string[];
}

/** A file itself, or a folder's manifests, sorted. What begins with a dot and other people's packages stay out. */
function filesIn(path: string): Listing {
  if (!statSync(path).isDirectory()) return { files: [path], charts: [] };
  const entries = readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  if (entries.some(({ name }) => name === "Chart.yaml")) return { files: [], charts: [path] };
  const listings = entries.map((entry): Listing => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return filesIn(below);
    return { files: /\.(ya?ml|json)$/.test(entry.name) ? [below] : [], charts: [] };
  });
  return { files: listings.flatMap(({ files }) => files), charts: listings.flatMap(({ charts }) => charts) };
}

function reason(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "there is no such file";
  return error instanceof Error ? error.message : String(error);
}
