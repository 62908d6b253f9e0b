/**
 * Measures `npm start`: the sample stack, and made-up stacks of 100 and 1,000 applications. Prints the median time of
 * whole commands, npm included, and the peak memory of the plan's process. Machines differ: compare within one run.
 *
 * Usage: npm run bench [-- RUNS]
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { stackOf } from "./made-up-stack";

const root = join(__dirname, "..");
const runs = Number(process.argv[2] ?? 7);
const folder = mkdtempSync(join(tmpdir(), "bench-"));

interface Measurement {
  readonly seconds: number;
  readonly megabytes: number;
}

try {
  cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  cpSync(join(root, "examples", "Pulumi.dev.yaml"), join(folder, "Pulumi.dev.yaml"));
  for (const apps of [100, 1000]) writeFileSync(join(folder, `Pulumi.apps${apps}.yaml`), stringify(stackOf(apps)));

  print(
    "npm start, whole command",
    median(() => npmStart()),
  );
  print(
    "the plan's own process",
    median(() => plan("dev")),
  );
  const hundred = median(() => plan("apps100"));
  const thousand = median(() => plan("apps1000"), Math.min(3, runs));
  print("100 applications", hundred);
  print("1,000 applications", thousand);
  console.log(`from 100 to 1,000 applications: ${(thousand.seconds / hundred.seconds).toFixed(1)} times the time`);
} finally {
  rmSync(folder, { recursive: true });
}

function npmStart(): Measurement {
  return measured(
    () => spawnSync("npm", ["start", "--silent"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] }).status,
  );
}

function plan(stack: string): Measurement {
  const peak = join(folder, "peak");
  const args = [
    "--require",
    join(root, "scripts", "peak-memory.cjs"),
    join(root, "cli", "start.cjs"),
    "--stack",
    stack,
  ];
  const { seconds } = measured(
    () =>
      spawnSync(process.execPath, args, {
        cwd: folder,
        env: { ...process.env, PEAK_MEMORY: peak },
        stdio: ["ignore", "ignore", "inherit"],
      }).status,
  );
  return { seconds, megabytes: Number(readFileSync(peak, "utf8")) / 1024 };
}

function measured(command: () => number | null): Measurement {
  const begin = performance.now();
  const status = command();
  if (status !== 0) throw new Error(`The command ended with status ${status ?? "none"}.`);
  return { seconds: (performance.now() - begin) / 1000, megabytes: Number.NaN };
}

/** Each number's median over some runs, after one that warms the caches. */
function median(measure: () => Measurement, count = runs): Measurement {
  measure();
  const all = Array.from({ length: count }, measure);
  const middle = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
  return {
    seconds: middle(all.map(({ seconds }) => seconds)),
    megabytes: middle(all.map(({ megabytes }) => megabytes)),
  };
}

function print(what: string, { seconds, megabytes }: Measurement): void {
  console.log(
    `${what.padEnd(26)} ${seconds.toFixed(2)} s${Number.isNaN(megabytes) ? "" : `  ${megabytes.toFixed(0)} MiB`}`,
  );
}
