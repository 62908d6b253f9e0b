import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { samplePath } from "../samples";

/** The project's folder. */
export const root = join(__dirname, "..", "..");

/** What a command printed, and its exit status. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project's folder with the sample stacks, whatever a reader has made of the one at the top level. */
export const samples = mkdtempSync(join(tmpdir(), "samples-"));
cpSync(join(root, "Pulumi.yaml"), join(samples, "Pulumi.yaml"));
for (const stack of ["dev", "prod"] as const) cpSync(samplePath(stack), join(samples, `Pulumi.${stack}.yaml`));
process.on("exit", () => rmSync(samples, { recursive: true }));

/** Runs what `npm start -- ARGUMENTS` runs, on the samples. Colours are off, as nobody's terminal is attached. */
export function start(
  args: readonly string[],
  { cwd = samples, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Outcome {
  const { FORCE_COLOR: _, NO_COLOR: __, CI: ___, INIT_CWD: ____, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "cli", "start.cjs"), ...args], {
    cwd,
    env: { ...inherited, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}
