import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { StackText } from "./located";

/**
 * The stack file that stands beside a program, if it does: where Pulumi looks for it unless it is told otherwise.
 *
 * @param folder the one with Pulumi.yaml
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/ for `stackConfigDir`
 */
export function stackTextBeside(folder: string, stack: string): StackText | undefined {
  if (!/^[\w.-]+$/.test(stack)) return undefined;
  const project = textOf(join(folder, "Pulumi.yaml"));
  const settings: unknown = project === undefined ? undefined : parse(project);
  const own = (settings as { readonly stackConfigDir?: unknown } | null | undefined)?.stackConfigDir;
  const file = join(typeof own === "string" ? own : ".", `Pulumi.${stack}.yaml`);
  const text = textOf(join(folder, file));
  return text === undefined ? undefined : { file, text };
}

function textOf(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined;
}
