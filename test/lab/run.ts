/**
 * The lab: the program on the real engine, API server, istiod and Envoy, on this machine alone.
 *
 * Usage: npm run lab [-- engine | mesh] [MOCHA OPTIONS]
 *
 * What is missing fails the run; LAB=optional turns that into a skip.
 */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { PassThrough } from "node:stream";
import { missing } from "./tools/prerequisites";
import { provide, remove } from "./tools/tool";
import { istioSources, toolsOf } from "./tools/tools";

const halves = ["engine", "mesh"] as const;
type Half = (typeof halves)[number];

/** What measures time, and must have the machine to itself. */
const alone = ["test/lab/engine/critical-path.lab.ts"];

/** The tests of each half, and those of the lab itself. */
const specs: Readonly<Record<Half | "tools", string>> = {
  tools: "test/lab/tools/*.lab.ts",
  engine: "test/lab/engine/*.lab.ts",
  mesh: "test/lab/{analyzer,charts,mesh}/*.lab.ts",
};

/** Bytes that tests can say before they are shown. */
const mostSaid = 2 ** 26;

/** npm's shell doesn't pass signals on: it is gone when this process has another parent. */
const { ppid } = process;

const say = (line: string) => process.stderr.write(`${line}\n`);

void main(process.argv.slice(2)).then((status) => (process.exitCode = status));

async function main(args: readonly string[]): Promise<number> {
  const end = new AbortController();
  let ended: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    ended ??= signal;
    end.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  const watch = setInterval(() => process.ppid !== ppid && interrupt("SIGHUP"), 500);
  try {
    return await lab(args, end.signal);
  } catch (error) {
    if (ended === undefined) throw error;
    return statusOf(ended);
  } finally {
    clearInterval(watch);
  }
}

async function lab(args: readonly string[], end: AbortSignal): Promise<number> {
  const began = performance.now();
  const [first] = args;
  const named = first !== undefined && !first.startsWith("-");
  const wanted = halves.filter((half) => !named || half === first);
  if (wanted.length === 0) {
    say(`The lab has no half called ${String(first)}. Halves: ${halves.join(", ")}.`);
    return 1;
  }
  const items = wanted.flatMap((half) => toolsOf[half]);
  const lines = missing(items, wanted.includes("mesh"));
  if (lines.length > 0) return unable(lines);
  const paths = new Map<string, string>();
  for (const item of items) paths.set(item.name, await provide(item, say, end));
  const { [istioSources.name]: sources, ...programs } = Object.fromEntries(paths);
  const env = {
    PATH: [...Object.values(programs).filter(isAbsolute).map(dirname), process.env.PATH ?? ""].join(delimiter),
    ...(sources !== undefined && { LAB_ISTIO_SOURCES: sources }),
  };
  const options = named ? args.slice(1) : args;
  const stages = stagesOf(wanted).map((parts) => parts.map((part) => [...part, ...options]));
  let status = 0;
  for (const parts of stages) status = (await sideBySide(env, parts, end)) || status;
  say(`The lab took ${minutes(performance.now() - began)}.`);
  return status;
}

function unable(lines: readonly string[]): number {
  lines.forEach(say);
  if (process.env.LAB !== "optional") return 1;
  say("SKIPPED THE LAB (LAB=optional): nothing was tested.");
  return 0;
}

/** Mocha's arguments for each part of a run: a stage begins when the one before it has ended, its parts run at once. */
function stagesOf(wanted: readonly Half[]): readonly (readonly string[])[][] {
  const spec = (...paths: readonly string[]) => paths.flatMap((path) => ["--spec", path]);
  const parts = wanted.map((half, index) => spec(...(index === 0 ? [specs.tools] : []), specs[half]));
  const rest = parts.map((part) => [...part, ...alone.flatMap((path) => ["--ignore", path])]);
  return wanted.includes("engine") ? [[spec(...alone)], rest] : [rest];
}

/** Runs parts at once. What each says is shown together: the first's at once, the next one's after it. */
async function sideBySide(
  env: NodeJS.ProcessEnv,
  parts: readonly (readonly string[])[],
  end: AbortSignal,
): Promise<number> {
  const statuses: Promise<number>[] = [];
  for (const part of parts) statuses.push(inside(env, part, end, Promise.allSettled(statuses)));
  return Math.max(...(await Promise.all(statuses)));
}

/**
 * Runs mocha in namespaces of its own: no network but what the tests make, and no process left when it ends, however
 * it ends. What it says is shown from its turn on.
 */
async function inside(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  end: AbortSignal,
  turn: Promise<unknown>,
): Promise<number> {
  end.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), "eks-istio-run-"));
  // Some servers run as users of their own.
  chmodSync(folder, 0o755);
  const mocha = join(require.resolve("mocha/package.json"), "..", "bin", "mocha.js");
  const setUp = 'ip link set lo up && mount -t tmpfs tmpfs /run && mkdir /run/netns && "$@"';
  const command = [
    // Each of these dies with the one before it, even if that is killed.
    ...["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"],
    ...["--mount-proc", "--", "sh", "-c", setUp, "lab"],
    ...[process.execPath, mocha, "--config", join(__dirname, "mocharc.json"), ...args],
  ];
  const [program = "", ...rest] = command;
  const child = spawn(program, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(process.stdout.isTTY && { MOCHA_COLORS: "1" }), ...env, TMPDIR: folder },
  });
  const said = new PassThrough({ highWaterMark: mostSaid });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(said, { end: false });
  const shown = turn.then(async () => {
    for await (const chunk of said) process.stdout.write(chunk as Buffer);
  });
  // The first process of the namespace ignores the signals it has no handler for, so it is killed, and all with it.
  end.addEventListener("abort", () => child.kill("SIGKILL"));
  try {
    const ended = await new Promise<Parameters<typeof explained>>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (...how) => resolve(how));
    });
    end.throwIfAborted();
    said.end();
    await shown;
    return explained(...ended);
  } finally {
    // Processes of the namespace may still be ending.
    remove(folder);
  }
}

/** The status of the tests; if a signal ended them, it says which. */
function explained(status: number | null, signal: NodeJS.Signals | null): number {
  // A shell says it by its status. Mocha's is the number of tests that failed: as many would be a coincidence.
  const by = signal ?? (["SIGKILL", "SIGABRT", "SIGSEGV", "SIGBUS"] as const).find((each) => statusOf(each) === status);
  if (by === undefined) return status ?? 1;
  say(`The tests were ended by ${by}${by === "SIGKILL" ? ": the machine may be out of memory" : ""}.`);
  return statusOf(by);
}

function statusOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
