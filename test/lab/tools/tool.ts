import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

/** A program of the lab, at a pinned version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** How a program of this name on PATH is asked for its version. */
  readonly ask: readonly string[];
  /** How much of a version must be the pinned one's; the rest may be newer. */
  readonly same: "major" | "minor" | "patch";
  readonly source: Source;
}

/** Where a tool comes from. */
export interface Source {
  /** The programs without which it can't be made. */
  readonly needs: readonly string[];
  /** How long that takes on a small machine, in minutes. */
  readonly minutes: number;
  /** What the result depends on, besides the tool's version. */
  pins(): string;
  /** Makes the executable at a path. */
  make(tool: Tool, path: string): Promise<void>;
}

/** Something that the lab needs and can't make itself. The message is one line. */
export class Missing extends Error {
  override readonly name = "Missing";
}

/** Where tools are kept, outside of the checkout. */
export function toolCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "eks-istio", "lab");
}

/** The folder of a tool's executable: another one whenever something that it is made from changes. */
export function toolFolder(tool: Tool): string {
  const pins = createHash("sha256").update(JSON.stringify([tool.source.pins(), process.platform, process.arch]));
  return join(toolCache(), `${tool.name}-${tool.version}-${pins.digest("hex").slice(0, 12)}`);
}

/** Where a tool is: on PATH at a version that serves, in the cache, or nowhere yet. */
export function find(tool: Tool): string | undefined {
  const asked = spawnSync(tool.name, tool.ask, { encoding: "utf8" });
  if (asked.status === 0 && serves(`${asked.stdout}${asked.stderr}`, tool)) return tool.name;
  const cached = join(toolFolder(tool), tool.name);
  return existsSync(cached) ? cached : undefined;
}

/**
 * Makes a tool unless there is one, and resolves to its path, or to its name if it is on PATH.
 *
 * @param say takes a line about what is being made
 */
export async function provide(tool: Tool, say: (line: string) => void): Promise<string> {
  const found = find(tool);
  if (found !== undefined) return found;
  const { minutes } = tool.source;
  say(`Building ${tool.name} ${tool.version}, once: about ${minutes} ${minutes === 1 ? "minute" : "minutes"} ...`);
  const folder = toolFolder(tool);
  mkdirSync(folder, { recursive: true });
  // Made aside and moved: an interrupted build leaves nothing that looks finished.
  const aside = mkdtempSync(join(folder, "build-"));
  try {
    const fresh = join(aside, tool.name);
    await tool.source.make(tool, fresh);
    renameSync(fresh, join(folder, tool.name));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return join(folder, tool.name);
}

/** Whether what a program says of its version is good enough: the pinned one, or newer in what may differ. */
export function serves(said: string, { version, same }: Pick<Tool, "version" | "same">): boolean {
  const [wanted, got] = [numbers(version), numbers(said)];
  const fixed = { major: 1, minor: 2, patch: 3 }[same];
  if (!wanted || !got) return false;
  if (wanted.slice(0, fixed).join() !== got.slice(0, fixed).join()) return false;
  const differs = got.findIndex((number, index) => number !== wanted[index]);
  return differs < 0 || (got[differs] ?? 0) > (wanted[differs] ?? 0);
}

function numbers(version: string): number[] | undefined {
  return /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
}

/** Runs a program to its end; rejects with what it said if it fails. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let [out, complaints] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve(out);
      else reject(new Error(`${basename(command)} ${args.join(" ")} failed:\n${complaints}`));
    });
  });
}

/** The text of files, for pins. */
export function textOf(folder: string, ...files: readonly string[]): string {
  return files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}
