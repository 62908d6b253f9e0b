import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
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

/**
 * The Kubernetes objects in files and folders.
 *
 * @param paths as the user wrote them; `-` is standard input
 * @param here where relative ones begin
 * @throws UnreadableError with every error in any of them
 */
export function readFiles(paths: readonly string[], here: string): ResourceData[] {
  const errors: string[] = [];
  const results = paths.flatMap((path) => {
    try {
      if (path === "-") return [fromYaml(readFileSync(0, "utf8"), "(standard input)")];
      // Findings name a file as the user would.
      const shown = (file: string) => (isAbsolute(path) ? file : relative(here, file));
      return filesIn(resolve(here, path)).map((file) => fromYaml(readFileSync(file, "utf8"), shown(file)));
    } catch (error) {
      errors.push(`${path}: can't be read: ${reason(error)}`);
      return [];
    }
  });
  errors.push(...results.flatMap((result) => result.errors));
  if (errors.length > 0) throw new UnreadableError(errors);
  return results.flatMap(({ resources }) => resources);
}

/** A file itself, or a folder's manifests, sorted. What begins with a dot and other people's packages stay out. */
function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .flatMap((entry) => {
      if (entry.isDirectory()) return filesIn(join(path, entry.name));
      return /\.(ya?ml|json)$/.test(entry.name) ? [join(path, entry.name)] : [];
    });
}

function reason(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "there is no such file";
  return error instanceof Error ? error.message : String(error);
}
