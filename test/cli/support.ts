import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The project's folder. */
export const root = join(__dirname, "..", "..");

/** What a command printed, and its exit status. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs what `npm start -- ARGUMENTS` runs, in the project's folder. Colours are off, as nobody's terminal is attached. */
export function start(
  args: readonly string[],
  { cwd = root, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
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
