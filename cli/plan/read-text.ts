import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { single } from "../../components/settings/reading/single-problem";
import { isSystemError } from "../../components/settings/system-error";

/** The text of a file in the project's folder. */
export function readText(folder: string, file: string): string {
  try {
    return readFileSync(resolve(folder, file), "utf8");
  } catch (error) {
    throw single(
      "(the whole file)",
      undefined,
      `can't be read: ${isSystemError(error) && error.code === "ENOENT" ? "there is no such file" : String(error)}`,
      file === "Pulumi.yaml" ? "Run the command in the project's folder." : `Create it, or ${naming(folder)}.`,
      file,
    );
  }
}

/** How to name a stack that is there. */
function naming(folder: string): string {
  const stacks = readdirSync(folder)
    .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
    .map((stack) => `--stack ${stack}`);
  return stacks.length === 0 ? "name its file with --config-file" : `name one that is there: ${stacks.join(", ")}`;
}
