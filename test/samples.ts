import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export type SampleName = "dev" | "prod";

/**
 * The file of a sample stack. The one at the top level is the reader's own from the first change on, so tests hold the
 * copies in examples/.
 */
export function samplePath(stack: SampleName): string {
  return join(__dirname, "..", "examples", `Pulumi.${stack}.yaml`);
}

/** What a sample stack configures. */
export function sampleConfig(stack: SampleName): Record<string, unknown> {
  return (parse(readFileSync(samplePath(stack), "utf8")) as { config: Record<string, unknown> }).config;
}
