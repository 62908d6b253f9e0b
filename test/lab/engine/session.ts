// A process that holds one engine at a time: it runs the program through Pulumi's Automation API, as the parent asks
// by messages. Killing its process group kills program and engine together, as a lost machine does.
import { LocalWorkspace, PulumiCommand, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";

/** What the engine may be asked. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

/** An operation with its options. */
export interface Request {
  readonly operation: Operation;
  /** How many resources at once. The CLI's own default is four for each core, so it differs among machines. */
  readonly parallel: number;
  /** Variables that the CLI takes beside this process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether to go on, after a failure, with all that doesn't depend on it. */
  readonly continueOnError?: boolean;
  /** A module that is loaded before the program: it may change the stack's resources, and add some. */
  readonly prelude?: string;
  /** `--policy-pack` */
  readonly policyPacks?: string[];
  /** `--policy-pack-config`: a file for each pack. */
  readonly policyPackConfigs?: string[];
  /** `--refresh` */
  readonly refresh?: boolean;
  /** Whether an `up` shows its preview first, as the CLI does unless it is told `--skip-preview`. Default: no. */
  readonly previewFirst?: boolean;
}

/** One thing the engine decided on. */
export interface Step {
  readonly operation: string;
  readonly urn: string;
}

export interface Outcome {
  readonly succeeded: boolean;
  /** Everything but "same"; of a refresh, what it found changed. */
  readonly steps: readonly Step[];
  /** Errors and warnings, as they would be read. */
  readonly diagnostics: string;
  /** All that the CLI printed for people to read. */
  readonly output: string;
  readonly milliseconds: number;
}

const load = createRequire(__filename);
const program = process.env.LAB_PROGRAM ?? "";
const workDir = process.env.LAB_FOLDER ?? "";

/** What is asked of the engine now. */
let current: Request = { operation: "preview", parallel: 1, env: {} };

/** The program itself, run anew: a stack file may have changed. */
function run(): Record<string, unknown> {
  if (current.prelude !== undefined) anew(current.prelude);
  return { ...(anew(program) as Record<string, unknown>) };
}

function anew(module: string): unknown {
  delete load.cache[load.resolve(module)];
  return load(module);
}

function main(): void {
  let stack: Promise<Stack> | undefined;
  process.on("message", (request: Request) => {
    // Not before it is asked: another session may be writing the stack's file.
    stack ??= selectStack();
    void stack.then((selected) => answer(selected, request));
  });
  process.on("disconnect", () => process.exit());
  for (const name of ["@pulumi/aws", "@pulumi/eks", "@pulumi/kubernetes"]) load(name);
  process.send?.("ready");
}

async function selectStack(): Promise<Stack> {
  return LocalWorkspace.createOrSelectStack(
    { stackName: process.env.PULUMI_STACK ?? "", projectName: "eks-istio", program: () => Promise.resolve(run()) },
    { workDir, pulumiCommand: await command() },
  );
}

/** What the types of the CLI leave out. */
interface Runner {
  run(args: readonly string[], ...rest: readonly unknown[]): Promise<unknown>;
}

/** The CLI. The Automation API always tells it to skip an update's preview; what people type doesn't. */
async function command(): Promise<PulumiCommand> {
  const cli = (await PulumiCommand.get()) as PulumiCommand & Runner;
  const given = cli.run.bind(cli);
  cli.run = (args, ...rest) =>
    given(current.previewFirst ? args.filter((arg) => arg !== "--skip-preview") : args, ...rest);
  return cli;
}

async function answer(stack: Stack, request: Request): Promise<void> {
  current = request;
  const events: EngineEvent[] = [];
  let output = "";
  const began = performance.now();
  const failed = await operate(
    stack,
    request,
    (event) => events.push(event),
    (text) => (output += text),
  ).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const steps = events.flatMap((event) => (request.operation === "refresh" ? found(event) : decided(event)));
  const diagnostics = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent && !["info", "info#err", "debug"].includes(diagnosticEvent.severity)
      ? [`${diagnosticEvent.urn ?? ""} ${diagnosticEvent.message}`]
      : [],
  );
  const outcome: Outcome = {
    succeeded: failed === undefined,
    steps: steps.filter(({ operation }) => operation !== "same"),
    diagnostics: [...diagnostics, failed ?? ""].join("\n"),
    output,
    milliseconds: performance.now() - began,
  };
  process.send?.(outcome);
}

function decided({ resourcePreEvent: event }: EngineEvent): Step[] {
  return event ? [{ operation: event.metadata.op, urn: event.metadata.urn }] : [];
}

/** A refresh knows only after it has read a resource; what differs in outputs alone it takes up, and calls "same". */
function found({ resOutputsEvent: event }: EngineEvent): Step[] {
  if (!event) return [];
  const { op, urn, old, new: fresh } = event.metadata;
  const differs = op === "same" && !isDeepStrictEqual(old?.outputs, fresh?.outputs);
  return [{ operation: differs ? "update" : op, urn }];
}

async function operate(
  stack: Stack,
  { operation, env, ...options }: Request,
  onEvent: (event: EngineEvent) => void,
  onOutput: (text: string) => void,
): Promise<void> {
  const all = { ...options, onEvent, onOutput, color: "never" as const };
  stack.workspace.envVars = { ...env };
  if (operation === "preview") await stack.preview(all);
  else if (operation === "up") await stack.up(all);
  else if (operation === "refresh") await stack.refresh(all);
  else await stack.destroy(all);
}

main();
