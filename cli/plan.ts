import { Command, InvalidArgumentError, Option } from "commander";
import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { SettingsError } from "../components/settings/errors";
import { parseSettings, type Settings } from "../components/settings/settings";
import { located } from "../components/settings/reading/located";
import { policyConfigFile } from "../policies/engine/config-file";
import { judge } from "../policies/judge";
import { PolicyConfigError } from "../policies/engine/settings";
import { fromPlan } from "../policies/sources/plan";
import { version } from "../package.json";
import { ask } from "./ask/ask";
import { demandQuestion, questionOf, QuestionError } from "./ask/question";
import { askedStack } from "./ask/stack";
import { answerText } from "./ask/text";
import { accessAdvice } from "./plan/access/advice";
import { accessTable } from "./plan/access/table";
import { annotations } from "./plan/annotations";
import { demandFolder, FolderError, writePlan } from "./plan/files";
import { planOf } from "./plan/plan";
import { record } from "./plan/record";
import { HelmMissing, render, type Rendered } from "./plan/render";
import { readStackFile, type StackFile } from "./plan/stack-file";
import { planText } from "./plan/text";
import { fitted, printableLines, progress } from "./terminal";

interface Options {
  readonly stack: string;
  readonly json?: true;
  readonly out?: string;
  readonly configFile?: string;
  readonly policyConfig?: string;
  readonly render?: true;
  readonly ask?: string;
  readonly header?: readonly string[];
  readonly claims?: string;
  readonly annotations?: string;
}

const nothing: Rendered = { objects: [], failures: [] };

const command = new Command("npm start --")
  .version(version, "-V, --version", "show the version")
  .description("Shows what a stack would create, without an AWS account, the Pulumi CLI or a network.")
  .addOption(new Option("-s, --stack <name>", "the stack, whose file is Pulumi.NAME.yaml").default("dev"))
  .addOption(
    new Option("--config-file <file>", "the stack's file, if it has another name or place, as with pulumi").argParser(
      notEmpty,
    ),
  )
  .addOption(new Option("--json", "print the plan as one JSON document (with `npm start --silent -- --json`)"))
  .addOption(
    new Option("-o, --out <folder>", "also write manifests/*.yaml, values/*.yaml and plan.json there").argParser(
      notEmpty,
    ),
  )
  .addOption(
    new Option(
      "--policy-config <file>",
      "levels and exemptions of the policies (default: policy-config.STACK.json or policy-config.json, if it is there)",
    ).argParser(notEmpty),
  )
  .addOption(
    new Option(
      "--render",
      "judge what charts would make as well: needs helm on PATH, and a network for charts elsewhere",
    ),
  )
  .addOption(
    new Option(
      "--ask <request>",
      'answer what a request would meet instead, e.g. "POST https://shop.example.com/pay from web"',
    ).argParser(notEmpty),
  )
  .addOption(new Option("-H, --header <header...>", "with --ask: a header of the request, e.g. 'end-user: tester'"))
  .addOption(new Option("--claims <json>", 'with --ask: the claims of a valid token, e.g. \'{"scope": "pay"}\''))
  .addOption(
    new Option(
      "--annotations <file>",
      "write problems of the stack file there as GitHub's annotations, which else go into the log of its runners",
    ).argParser(notEmpty),
  )
  .helpOption("-h, --help", "show this")
  .addHelpText("after", "\nExit status: 0, or 1 if the stack file has problems or a mandatory policy is violated.")
  .showHelpAfterError("Run npm start -- --help for the options.")
  .allowExcessArguments(false)
  .action(run);

function notEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("Name one.");
  return value;
}

async function run({
  stack,
  json,
  out,
  configFile: stackFile,
  policyConfig,
  render: withCharts,
  ask: request,
  header,
  claims,
}: Options): Promise<void> {
  // npm runs scripts in the project's folder, and says where the user stood.
  const here = process.env.INIT_CWD ?? process.cwd();
  if (out) await demandFolder(resolve(here, out), out);
  if (request === undefined) demandQuestion({ header, claims });
  const step = progress("Planning takes a moment", process.stderr);
  const read = readStackFile(process.cwd(), stack, stackFile && relative(process.cwd(), resolve(here, stackFile)));
  const { config } = read;
  if (request !== undefined) {
    const answer = ask(askedStack(settingsIn(read)), questionOf(request, header, claims));
    process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : fitted(answerText(answer), process.stdout));
    return;
  }
  const resources = await record(config, () => import(".."), step).catch((error: unknown) => {
    throw inFile(error, read);
  });
  step();
  const configFile = policyConfigFile(policyConfig && resolve(here, policyConfig), process.cwd(), stack);
  const region = config.values["aws:region"] ?? "";
  const bare = planOf(config.project, stack, region, resources);
  const { objects, failures } = withCharts ? await render(bare.releases) : nothing;
  const { findings, unjudged } = judge([...fromPlan(resources), ...objects], { stack, configFile });
  // Only then are the settings read a second time.
  const asked = resources.some(({ type }) => rulesOfAccess.test(type)) ? askedStack(settingsIn(read)) : undefined;
  const access = asked ? accessTable(asked) : [];
  const advice = asked ? accessAdvice(asked) : [];
  const plan = {
    ...bare,
    ...(access.length > 0 && { access }),
    ...(advice.length > 0 && { advice }),
    rendered: withCharts ?? false,
    findings,
    unjudged: [...unjudged, ...failures],
  };
  if (out) await writePlan(resolve(here, out), plan);
  process.stdout.write(json ? `${JSON.stringify(plan, null, 2)}\n` : fitted(planText(plan), process.stdout));
  if (plan.findings.some(({ severity }) => severity === "mandatory")) process.exitCode = 1;
}

/** What says who may call whom, as the program registers it. */
const rulesOfAccess = /^kubernetes:security\.istio\.io\/v1:(AuthorizationPolicy|RequestAuthentication)$/;

/** The settings of a stack file. */
function settingsIn(read: StackFile): Settings {
  try {
    return parseSettings(read.config);
  } catch (error) {
    throw inFile(error, read);
  }
}

/** An error; with the lines of the stack file, if it or what it comes from is about that. */
function inFile(error: unknown, { config, source }: StackFile): unknown {
  const cause = error instanceof SettingsError ? error : error instanceof Error ? error.cause : undefined;
  return cause instanceof SettingsError ? located(cause, config, source) : error;
}

/**
 * A user's mistakes are printed as they are. Anything else is a defect of ours and comes with its stack trace, if it has one:
 * what is thrown while the program is recorded has none, as `record` turns them off for that time.
 */
function fail(error: unknown): void {
  const told =
    error instanceof SettingsError ||
    error instanceof PolicyConfigError ||
    error instanceof HelmMissing ||
    error instanceof FolderError ||
    error instanceof QuestionError ||
    pulumi.RunError.isInstance(error);
  const text = told ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(fitted(`${printableLines(text)}\n`, process.stderr));
  process.exitCode = 1;
  if (error instanceof SettingsError) annotate(error, command.opts<Options>().annotations);
}

/** Shows the problems of a stack file in the file itself, on a pull request. */
function annotate(error: SettingsError, file: string | undefined): void {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE, INIT_CWD } = process.env;
  const text = annotations(error, process.cwd(), GITHUB_WORKSPACE ?? process.cwd());
  if (file) writeFileSync(resolve(INIT_CWD ?? process.cwd(), file), text);
  else if (GITHUB_ACTIONS === "true") process.stderr.write(text);
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever read the plan has read enough: `| head`.
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
process.on("unhandledRejection", fail);
command.parseAsync().catch(fail);
