import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A program that is built from a Go module at a pinned version. */
export interface GoTool {
  readonly name: string;
  /** For people, e.g. `3.250.0`. */
  readonly version: string;
  /** The folder with the go.mod and go.sum that pin it. */
  readonly module: string;
  readonly package: string;
  readonly flags: readonly string[];
  /** How long a build takes on a small machine, for the progress line. */
  readonly minutes: number;
}

/** Something the lab needs, and can't make. The message is one line. */
export class MissingTool extends Error {
  override readonly name = "MissingTool";
}

/** Where built tools are kept, outside of the checkout. */
export function toolCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "eks-istio", "lab");
}

/** The folder of a tool's executable: a new one for every change of what it is built from. */
export function toolFolder(tool: GoTool): string {
  const pins = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) pins.update(readFileSync(join(tool.module, file)));
  pins.update(JSON.stringify([tool.package, tool.flags, process.platform, process.arch]));
  return join(toolCache(), `${tool.name}-${tool.version}-${pins.digest("hex").slice(0, 12)}`);
}

/**
 * Builds a tool unless it is there, and resolves to the folder with its executable.
 *
 * @param say takes the progress line
 * @throws MissingTool without Go
 */
export async function buildTool(tool: GoTool, say: (line: string) => void): Promise<string> {
  const folder = toolFolder(tool);
  const executable = join(folder, tool.name);
  if (existsSync(executable)) return folder;
  if (spawnSync("go", ["version"]).status !== 0)
    throw new MissingTool(
      `Go is missing, and ${tool.name} ${tool.version} is built with it: install Go 1.26 or later, or put ${tool.name} ${tool.version} or later on PATH.`,
    );
  say(`Building ${tool.name} ${tool.version}, once: about ${tool.minutes} minutes ...`);
  mkdirSync(folder, { recursive: true });
  // Written aside and moved: an interrupted build leaves nothing that looks finished.
  const fresh = `${executable}.${process.pid}`;
  try {
    await go(tool, fresh);
    renameSync(fresh, executable);
  } finally {
    rmSync(fresh, { force: true });
  }
  return folder;
}

function go(tool: GoTool, output: string): Promise<void> {
  const child = spawn("go", ["build", ...tool.flags, "-o", output, tool.package], {
    cwd: tool.module,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve();
      else reject(new Error(`Building ${tool.name} ${tool.version} failed:\n${complaints}`));
    });
  });
}
