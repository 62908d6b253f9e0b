/**
 * The lab: the program on the real engine, API server, istiod and Envoy, on this machine alone.
 *
 * Usage: npm run lab [-- engine | provider | mesh] [MOCHA OPTIONS]
 *
 * What is missing fails the run; LAB=optional turns that into a skip.
 */
import { delimiter, dirname, isAbsolute } from "node:path";
import { missing } from "./tools/prerequisites";
import { sideBySide, statusOf } from "./tools/side-by-side";
import { provide } from "./tools/tool";
import { istioSources, kubernetesProvider, loadBalancerControllerSources, toolsOf } from "./tools/tools";

const allParts = ["engine", "provider", "mesh"] as const;
type Part = (typeof allParts)[number];

/** What measures time, and must have the machine to itself. */
const alone = ["test/lab/engine/critical-path.lab.ts"];

/** The tests of each part, and those of the lab itself. */
const specs: Readonly<Record<Part | "tools", string>> = {
  tools: "test/lab/tools/*.lab.ts",
  engine: "test/lab/engine/*.lab.ts",
  provider: "test/lab/provider/*.lab.ts",
  mesh: "test/lab/{analyzer,charts,mesh}/*.lab.ts",
};

/** The programs of the machine that a part takes beside those of every run. */
const programsOf: Readonly<Record<Part, readonly string[]>> = {
  engine: [],
  provider: ["iptables", "openssl"],
  mesh: ["iptables", "openssl"],
};

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
  const wanted = allParts.filter((part) => !named || part === first);
  if (wanted.length === 0) {
    say(`The lab has no part called ${String(first)}. Parts: ${allParts.join(", ")}.`);
    return 1;
  }
  const items = [...new Set(wanted.flatMap((part) => toolsOf[part]))];
  const programs = wanted.flatMap((part) => programsOf[part]);
  const lines = missing(items, programs);
  if (lines.length > 0) return unable(lines);
  const paths = new Map<string, string>();
  for (const item of items) paths.set(item.name, await provide(item, say, end));
  const {
    [istioSources.name]: sources,
    [loadBalancerControllerSources.name]: controller,
    [kubernetesProvider.name]: provider,
    ...tools
  } = Object.fromEntries(paths);
  const env = {
    PATH: [...Object.values(tools).filter(isAbsolute).map(dirname), process.env.PATH ?? ""].join(delimiter),
    ...(sources !== undefined && { LAB_ISTIO_SOURCES: sources }),
    ...(controller !== undefined && { LAB_LOAD_BALANCER_CONTROLLER_SOURCES: controller }),
    // Not on PATH, where the engine would find it for the stand-ins' stacks, too.
    ...(provider !== undefined && { LAB_KUBERNETES_PROVIDER: provider }),
  };
  const options = named ? args.slice(1) : args;
  let status = 0;
  for (const parts of stagesOf(wanted)) {
    const runs = parts.map((part) => ({ args: [...part, ...options], env }));
    status = Math.max(status, await sideBySide(runs, (said) => process.stdout.write(said), end));
  }
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
function stagesOf(wanted: readonly Part[]): readonly (readonly string[])[][] {
  const spec = (...paths: readonly string[]) => paths.flatMap((path) => ["--spec", path]);
  const parts = wanted.map((part, index) => spec(...(index === 0 ? [specs.tools] : []), specs[part]));
  const rest = parts.map((part) => [...part, ...alone.flatMap((path) => ["--ignore", path])]);
  return wanted.includes("engine") ? [[spec(...alone)], rest] : [rest];
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
