import * as pulumi from "@pulumi/pulumi";
import { SettingsError } from "./errors";
import type * as Located from "./reading/located";
import type { StackConfig } from "./reading/decode";
import type * as StackTexts from "./reading/stack-text";
import { parseSettings, type Settings } from "./settings";

/**
 * Reads the settings of the stack that is running. The one place that reads Pulumi's configuration.
 *
 * @throws pulumi.RunError with every problem of the stack file, and a SettingsError as its cause. Pulumi prints it at
 * once and without a stack trace, where another exception takes it half a minute.
 */
export function loadSettings(): Settings {
  const values = pulumi.runtime.allConfig();
  const config: StackConfig = {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    values,
    secrets: Object.keys(values).filter(isSecret),
    // The offline plan runs the program with none.
    engine: pulumi.runtime.getEngine() !== undefined,
  };
  try {
    return parseSettings(config);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const cause = config.engine ? withPlaces(error, config) : error;
    throw Object.assign(new pulumi.RunError(cause.message), { cause });
  }
}

/** The error with lines of the stack file, where that stands beside the program. The offline plan knows its file. */
function withPlaces(error: SettingsError, config: StackConfig): SettingsError {
  // Reading YAML again takes a library that a stack without problems needs not.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { stackTextBeside } = require("./reading/stack-text") as typeof StackTexts;
  const { located } = require("./reading/located") as typeof Located;
  /* eslint-enable @typescript-eslint/no-require-imports */
  // Older engines don't say where Pulumi.yaml is; most programs run beside it.
  const text =
    stackTextBeside(pulumi.runtime.getRootDirectory(), config.stack) ?? stackTextBeside(process.cwd(), config.stack);
  return located(error, config, text);
}

/** Exported by Pulumi's runtime, but left out of its types. */
function isSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(key);
}
