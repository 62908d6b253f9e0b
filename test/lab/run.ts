/**
 * The lab: the program on the real engine, API server, istiod and Envoy, on this machine alone.
 *
 * Usage: npm run lab [-- engine | mesh] [MOCHA OPTIONS]
 *
 * What is missing fails the run; LAB=optional turns that into a skip.
 */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { missing } from "./tools/prerequisites";
import { provide } from "./tools/tool";
import { toolsOf } from "./tools/tools";

const halves = ["engine", "mesh"] as const;
type Half = (typeof halves)[number];

/** The tests of each half, and those of the lab itself. */
const specs: Readonly<Record<Half | "tools", string>> = {
  tools: "test/lab/tools/*.lab.ts",
  engine: "test/lab/engine/*.lab.ts",
  mesh: "test/lab/{analyzer,charts,mesh}/*.lab.ts",
};

const say = (line: string) => process.stderr.write(`${line}\n`);

void main(process.argv.slice(2)).then((status) => (process.exitCode = status));

async function main(args: readonly string[]): Promise<number> {
  const [first] = args;
  const named = first !== undefined && !first.startsWith("-");
  const wanted = halves.filter((half) => !named || half === first);
  if (wanted.length === 0) {
    say(`The lab has no half called ${String(first)}. Halves: ${halves.join(", ")}.`);
    return 1;
  }
  const tools = wanted.flatMap((half) => toolsOf[half]);
  const lines = missing(tools, wanted.includes("mesh"));
  if (lines.length > 0) return unable(lines);
  const paths: string[] = [];
  for (const tool of tools) paths.push(await provide(tool, say));
  return inside([...paths.filter(isAbsolute).map(dirname), process.env.PATH ?? ""].join(delimiter), [
    ...["tools" as const, ...wanted].flatMap((part) => ["--spec", specs[part]]),
    ...(named ? args.slice(1) : args),
  ]);
}

function unable(lines: readonly string[]): number {
  lines.forEach(say);
  if (process.env.LAB !== "optional") return 1;
  say("SKIPPED THE LAB (LAB=optional): nothing was tested.");
  return 0;
}

/**
 * Runs mocha in namespaces of its own: no network but what the tests make, and no process left when it ends, however
 * it ends.
 */
async function inside(path: string, args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "eks-istio-lab-"));
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
  const child = spawn(program, rest, { stdio: "inherit", env: { ...process.env, PATH: path, TMPDIR: folder } });
  // The first process of the namespace ignores the signals it has no handler for, so it is killed, and all with it.
  const kill = () => child.kill("SIGKILL");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, kill);
  // npm's shell doesn't pass signals on.
  const { ppid } = process;
  const watch = setInterval(() => process.ppid !== ppid && kill(), 500);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => resolve(status ?? 130));
    });
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}
