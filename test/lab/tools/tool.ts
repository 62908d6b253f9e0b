import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { basename, join } from "node:path";

/** Something that the lab takes from a package registry at a pinned version, once, and keeps. */
export interface Item {
  readonly name: string;
  readonly version: string;
  readonly source: Source;
}

/** A program of the lab. */
export interface Tool extends Item {
  /** How a program of this name on PATH is asked for its version. */
  readonly ask: readonly string[];
  /** How much of a version must be the pinned one's; the rest may be newer. */
  readonly same: "major" | "minor" | "patch";
}

/** Where an item comes from. */
export interface Source {
  /** The programs without which it can't be made. */
  readonly needs: readonly string[];
  /** How long that takes on a small machine, in minutes. */
  readonly minutes: number;
  /** What the result depends on, besides the item's version. */
  pins(): string;
  /** Makes the executable, or the folder, at a path. */
  make(item: Item, path: string, signal?: AbortSignal): Promise<void>;
}

/** Where items are kept, outside of the checkout. */
export function toolCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "eks-istio", "lab");
}

/** The folder of an item: another one whenever something that it is made from changes. */
export function toolFolder(item: Item): string {
  const pins = createHash("sha256").update(JSON.stringify([item.source.pins(), process.platform, process.arch]));
  return join(toolCache(), `${item.name}-${item.version}-${pins.digest("hex").slice(0, 12)}`);
}

/** Where an item is: a program on PATH at a version that serves, in the cache, or nowhere yet. */
export function find(item: Item | Tool): string | undefined {
  if ("ask" in item) {
    const asked = spawnSync(item.name, item.ask, { encoding: "utf8" });
    if (asked.status === 0 && serves(`${asked.stdout}${asked.stderr}`, item)) return item.name;
  }
  const cached = join(toolFolder(item), item.name);
  return existsSync(cached) ? cached : undefined;
}

/**
 * Makes an item unless there is one, and resolves to its path, or to its name if it is on PATH.
 *
 * @param say takes a line about what is being made
 * @param signal ends the making, with all processes of it
 */
export async function provide(item: Item | Tool, say: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const found = find(item);
  if (found !== undefined) return found;
  const { minutes } = item.source;
  say(`Building ${item.name} ${item.version}, once: about ${minutes} ${minutes === 1 ? "minute" : "minutes"} ...`);
  const folder = toolFolder(item);
  mkdirSync(folder, { recursive: true });
  sweep();
  // Made aside and moved: an interrupted build leaves nothing that looks finished.
  const aside = mkdtempSync(join(folder, `${asides}${process.pid}-`));
  try {
    const fresh = join(aside, item.name);
    await item.source.make(item, fresh, signal);
    renameSync(fresh, join(folder, item.name));
  } finally {
    remove(aside);
  }
  return join(folder, item.name);
}

/** How the folders of builds begin, with the process's id to come: of this machine, as the cache may be others', too. */
const asides = `build-${hostname()}-`;

/** Removes what builds left behind that were killed. */
function sweep(): void {
  for (const folder of readdirSync(toolCache(), { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const name of readdirSync(join(toolCache(), folder.name))) {
      if (name.startsWith(asides) && !runs(parseInt(name.slice(asides.length))))
        remove(join(toolCache(), folder.name, name));
    }
  }
}

function runs(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes a folder, and waits for who may still write to it. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
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

/** A program ended with another status than 0. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";

  constructor(
    command: string,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`${command} failed:\n${[stderr, stdout].filter(Boolean).join("\n")}`);
  }
}

/**
 * Runs a program to its end; rejects with what it said if it fails.
 *
 * @param signal kills it, with all that it started
 */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  { env, signal }: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal } = {},
): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, which can be killed as one.
    detached: signal !== undefined,
  });
  const kill = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
  signal?.addEventListener("abort", kill);
  let [out, complaints] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  return new Promise<string>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve(out);
      else reject(new CommandFailed(`${basename(command)} ${args.join(" ")}`, out, complaints));
    });
  }).finally(() => signal?.removeEventListener("abort", kill));
}

/** The text of files, for pins. */
export function textOf(folder: string, ...files: readonly string[]): string {
  return files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}
