import { join } from "node:path";
import { filesOf, isPlan } from "../plan/files";
import { textOf, UnreadableFile } from "./text-file";
import { isFile } from "./kustomize/kustomization";

/** What `npm start -- --out` wrote into a folder, beside `plan.json`, which has it all. */
interface PlannedFiles {
  /** Paths of what it wrote. */
  readonly written: readonly string[];
  /** Those of them that say something else by now. */
  readonly changed: readonly { readonly path: string; readonly reason: string }[];
}

/** The files of a plan's folder; undefined for any other folder. */
export function plannedFiles(folder: string): PlannedFiles | undefined {
  const plan = join(folder, "plan.json");
  if (!isFile(plan)) return undefined;
  const content = contentOf(plan);
  if (!isPlan(content)) return undefined;
  const files = Object.entries(filesOf(content))
    .map(([path, text]) => ({ path: join(folder, path), text }))
    .filter(({ path }) => path !== plan && isFile(path));
  if (files.length === 0) return undefined;
  return {
    written: files.map(({ path }) => path),
    changed: files
      .filter(({ path, text }) => contentOf(path, (own) => own) !== text)
      .map(({ path }) => ({ path, reason: "says something else than plan.json beside it, which is judged" })),
  };
}

function contentOf(path: string, read: (text: string) => unknown = JSON.parse): unknown {
  try {
    return read(textOf(path));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
