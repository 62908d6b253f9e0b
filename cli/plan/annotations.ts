import { relative, resolve } from "node:path";
import type { SettingsError } from "../../components/settings/errors";
import { printable } from "../../policies/engine/printable";
import { workflowCommand } from "../workflow-command";

/**
 * The problems of a stack file as annotations on it in GitHub: a line each, which holds no other command, whatever the
 * file says.
 *
 * @param folder what the error's file is relative to
 * @param checkout the repository's folder
 */
export function annotations({ problems, file }: SettingsError, folder: string, checkout: string): string {
  return problems
    .map(({ key, rule, fix, place, file: own = file }) =>
      workflowCommand(
        "error",
        printable(key),
        `${printable(key)} ${printable(rule)}.\n${printable(fix)}`,
        place && { file: relative(checkout, resolve(folder, own)), ...place },
      ),
    )
    .map((line) => `${line}\n`)
    .join("");
}
