import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tools/tool";
import type { Undo } from "./undo";

/** Programs for every user: the caches they lie in may be closed to others. */
export async function shareWithAll(undo: Undo, folder: string, ...programs: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  for (const program of programs) {
    const path = (await run("sh", ["-c", `command -v ${program}`], folder)).trim();
    writeFileSync(join(folder, program), "");
    await run("mount", ["--bind", path, join(folder, program)], folder);
    undo.add(() => run("umount", [join(folder, program)], folder));
  }
  return folder;
}
