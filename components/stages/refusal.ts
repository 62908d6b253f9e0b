import * as pulumi from "@pulumi/pulumi";
import { SettingsError, type Problem } from "../settings/errors";

/**
 * Refuses a stack file for what only the stages know of it, in the form that `loadSettings` refuses it in.
 *
 * @throws pulumi.RunError with every problem, and a SettingsError as its cause, if there is one
 */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const cause = new SettingsError(problems, `Pulumi.${pulumi.getStack()}.yaml`);
  throw Object.assign(new pulumi.RunError(cause.message), { cause });
}
