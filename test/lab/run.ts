/**
 * The lab: the program on real engines, on this machine alone.
 *
 * Usage: npm run lab [-- engine] [MOCHA OPTIONS]
 *
 * What is missing fails the run; LAB=optional turns that into a skip.
 */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { MissingTool } from "./tools/go-tool";
import { pulumiFolder } from "./tools/pulumi";

const [first, ...others] = process.argv.slice(2);
const half = first !== undefined && !first.startsWith("-") ? first : undefined;
const options = half === undefined ? process.argv.slice(2) : others;

void main();

async function main(): Promise<void> {
  if (half === "mesh")
    return fail(
      "The lab has no mesh half yet: API server, istiod and Envoy are not tested here. npm run lab -- engine runs what there is.",
    );
  if (half !== undefined && half !== "engine") return fail(`The lab has no half called ${half}. Halves: engine.`);
  try {
    const folder = await pulumiFolder((line) => process.stderr.write(`${line}\n`));
    const path = [folder, process.env.PATH].filter((each) => each !== undefined).join(delimiter);
    process.exitCode = await mocha(path);
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    if (process.env.LAB !== "optional") return fail(error.message);
    process.stderr.write(`SKIPPED THE LAB (LAB=optional), nothing was tested: ${error.message}\n`);
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function mocha(path: string): Promise<number> {
  const args = [
    join(require.resolve("mocha/package.json"), "..", "bin", "mocha.js"),
    "--config",
    join(__dirname, "mocharc.json"),
    ...options,
  ];
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, PATH: path } });
  // Ctrl-C reaches both: mocha tidies up, and this process says what came of it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on("close", (status) => resolve(status ?? 1)));
}
