import { Command, InvalidArgumentError, Option } from "commander";
import { resolve } from "node:path";
import pc from "picocolors";
import { policyConfigFile } from "../policies/engine/config-file";
import { leveledText, unjudgedText, type Evaluation } from "../policies/engine/evaluate";
import { judge } from "../policies/judge";
import { PolicyConfigError } from "../policies/engine/settings";
import { unreadableText, type Unreadable } from "../policies/sources/yaml";
import { version } from "../package.json";
import { readFiles } from "./check/files";
import { fitted } from "./terminal";

interface Options {
  readonly json?: true;
  readonly render?: true;
  readonly stack?: string;
  readonly policyConfig?: string;
}

const command = new Command("npm run check --")
  .version(version, "-V, --version", "show the version")
  .description("Judges Kubernetes and Istio objects in YAML by this project's policies.")
  .argument("<file-or-folder...>", "YAML or JSON files, folders of them, or - for standard input")
  .addOption(new Option("--json", "print findings as one JSON document (with `npm run --silent check -- --json`)"))
  .addOption(new Option("-s, --stack <name>", "the stack they belong to: its name says whether it serves users"))
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

function run(paths: readonly string[], { json, render, stack, policyConfig }: Options): void {
  // npm runs scripts in the project's folder, and says where the user stood.
  const here = process.env.INIT_CWD ?? process.cwd();
  const { resources, unreadable, unjudged, unread } = readFiles(paths, { here, render });
  const configFile = policyConfigFile(policyConfig && resolve(here, policyConfig), process.cwd(), stack);
  const judged = judge(resources, { stack, configFile, unread });
  print({ ...judged, unjudged: [...judged.unjudged, ...unjudged], unreadable, objects: resources.length }, json);
  const violated = judged.findings.some(({ severity }) => severity === "mandatory");
  const nothing = resources.length === 0 && unreadable.length === 0;
  if (nothing) process.stderr.write("Nothing was judged: no Kubernetes object was found.\n");
  if (violated || unreadable.length > 0 || nothing) process.exitCode = violated ? 1 : 2;
}

/** All that a check has to say. */
interface Report extends Evaluation {
  readonly unreadable: readonly Unreadable[];
  /** How many objects were judged. */
  readonly objects: number;
}

function print({ objects, ...report }: Report, json = false): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  process.stdout.write(fitted(`${lines(report, objects).join("\n")}\n`, process.stdout));
  const { unreadable } = report;
  if (unreadable.length === 0) return;
  const count = unreadable.length === 1 ? "1 error" : `${unreadable.length} errors`;
  const told = unreadable.map((one) => `\n  ${unreadableText(one)}`);
  process.stderr.write(fitted(`${count}. What could be read was judged.\n${told.join("")}\n`, process.stderr));
}

function lines({ findings, unjudged }: Evaluation, count: number): string[] {
  const mandatory = findings.filter(({ severity }) => severity === "mandatory").length;
  return [
    ...findings.map((finding) =>
      finding.severity === "mandatory" ? pc.red(leveledText(finding)) : leveledText(finding),
    ),
    ...unjudged.map((one) => pc.dim(unjudgedText(one))),
    `${count === 1 ? "1 object" : `${count} objects`}, ${mandatory} mandatory and ${findings.length - mandatory} advisory findings.`,
  ];
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever read the findings has read enough: `| head`.
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
try {
  command.parse();
} catch (error) {
  // A user's mistakes are printed as they are. Anything else is a defect of ours, and comes with its stack trace.
  const told = error instanceof PolicyConfigError;
  process.stderr.write(`${told ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 2;
}
