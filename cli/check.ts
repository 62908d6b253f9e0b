import { Command, InvalidArgumentError, Option } from "commander";
import { resolve } from "node:path";
import { policyConfigFile } from "../policies/engine/config-file";
import { judge } from "../policies/judge";
import { PolicyConfigError } from "../policies/engine/settings";
import { rules } from "../policies/rules";
import { version } from "../package.json";
import { readFiles } from "./check/files";
import { exitStatus, obstacles, reportOf, type Format } from "./check/report";
import { fitted, printableLines } from "./terminal";

interface Options {
  readonly format?: FormatName;
  readonly json?: true;
  readonly render?: true;
  readonly stack?: string;
  readonly policyConfig?: string;
}

/** How findings are written down. Each is loaded when it is asked for. */
const formats = {
  text: async () => (await import("./check/formats/text")).text,
  json: async () => (await import("./check/formats/json")).json,
  sarif: async () => (await import("./check/formats/sarif")).sarif,
  junit: async () => (await import("./check/formats/junit")).junit,
  github: async () => (await import("./check/formats/github")).github,
} satisfies Readonly<Record<string, () => Promise<Format>>>;

type FormatName = keyof typeof formats;

const command = new Command("npm run check --")
  .version(version, "-V, --version", "show the version")
  .description("Judges Kubernetes and Istio objects in YAML by this project's policies.")
  .argument("<file-or-folder...>", "YAML or JSON files, folders of them, or - for standard input")
  .addOption(
    new Option("-f, --format <format>", "how to print findings: use `npm run --silent check` for all but text")
      .choices(Object.keys(formats))
      .default("text"),
  )
  .addOption(new Option("--json", "the same as --format json").conflicts("format"))
  .addOption(
    new Option(
      "-s, --stack <name>",
      "the stack they belong to: its name says whether it serves users (default: that of a plan among them)",
    ),
  )
  .addOption(
    new Option(
      "--policy-config <file>",
      "levels and exemptions (default: policy-config.STACK.json or policy-config.json, if it is there)",
    ).argParser(notEmpty),
  )
  .addOption(
    new Option("--render", "judge what kustomizations make: needs kustomize or kubectl on PATH, and no network"),
  )
  .helpOption("-h, --help", "show this")
  .addHelpText(
    "after",
    "\nExit status: 0; 1 if a mandatory policy is violated; otherwise 2 if something can't be read, or if there is nothing to judge. What can't be read is named, and the rest is judged.",
  )
  .showHelpAfterError("Run npm run check -- --help for the options.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(run);

function notEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("Name one.");
  return value;
}

async function run(
  paths: readonly string[],
  { format = "text", json: asJson, render, policyConfig, ...options }: Options,
): Promise<void> {
  // npm runs scripts in the project's folder, and says where the user stood.
  const here = process.env.INIT_CWD ?? process.cwd();
  const { resources, unread, ...reading } = readFiles(paths, { here, render });
  const { stack = reading.stack } = options;
  const configFile = policyConfigFile(policyConfig && resolve(here, policyConfig), process.cwd(), stack);
  const report = reportOf({ ...reading, resources }, judge(resources, { stack, configFile, unread }), rules);
  const chosen = asJson ? "json" : format;
  const write = await formats[chosen]();
  const written = write(report);
  // Programs read the others as they are.
  process.stdout.write(chosen === "text" ? fitted(written, process.stdout) : written);
  process.stderr.write(fitted(obstacles(report), process.stderr));
  const status = exitStatus(report);
  if (status !== 0) process.exitCode = status;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever read the findings has read enough: `| head`.
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
function fail(error: unknown): void {
  // A user's mistakes are printed as they are. Anything else is a defect of ours, and comes with its stack trace.
  const told = error instanceof PolicyConfigError;
  const text = told ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${printableLines(text)}\n`);
  process.exitCode = 2;
}

command.parseAsync().catch(fail);
