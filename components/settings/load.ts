import * as pulumi from "@pulumi/pulumi";
import { SettingsError } from "./errors";
import { parseSettings, type Settings } from "./settings";

/**
 * Reads the settings of the stack that is running. The one place that reads Pulumi's configuration.
 *
 * @throws pulumi.RunError with every problem of the stack file. Pulumi prints it at once and without a stack trace,
 * where another exception takes it half a minute.
 */
export function loadSettings(): Settings {
  const values = pulumi.runtime.allConfig();
  try {
    return parseSettings({
      project: pulumi.getProject(),
      stack: pulumi.getStack(),
      values,
      secrets: Object.keys(values).filter(isSecret),
      // The offline plan runs the program with none.
      engine: pulumi.runtime.getEngine() !== undefined,
    });
  } catch (error) {
    throw error instanceof SettingsError ? new pulumi.RunError(error.message) : error;
  }
}

/** Exported by Pulumi's runtime, but left out of its types. */
function isSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(key);
}
