// A process that holds one engine at a time: it runs the program through Pulumi's Automation API, as the parent asks
// by messages. Killing its process group kills program and engine together, as a lost machine does.
import { LocalWorkspace, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What the engine may be asked. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

/** An operation with its options. */
export interface Request {
  readonly operation: Operation;
  /** How many resources at once. The CLI's own default is four for each core, so it differs among machines. */
  readonly parallel: number;
  /** Whether to go on, after a failure, with all that doesn't depend on it. */
  readonly continueOnError?: boolean;
}

/** One thing the engine decided on. */
export interface Step {
  readonly operation: string;
  readonly urn: string;
}

export interface Outcome {
  readonly succeeded: boolean;
  /** Everything but "same". */
  readonly steps: readonly Step[];
  /** How many of each operation, those with no change included. */
  readonly counts: Readonly<Record<string, number>>;
  /** Errors and warnings, as they would be read. */
  readonly diagnostics: string;
  readonly milliseconds: number;
}

const load = createRequire(__filename);
const program = join(__dirname, "..", "..", "..", "index.ts");
const workDir = process.env.LAB_FOLDER ?? "";

/** The program itself, run anew: a stack file may have changed. */
function run(): Record<string, unknown> {
  delete load.cache[load.resolve(program)];
  return { ...(load(program) as Record<string, unknown>) };
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

function selectStack(): Promise<Stack> {
  return LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: "eks-istio", program: () => Promise.resolve(run()) },
    { workDir },
  );
}

async function answer(stack: Stack, request: Request): Promise<void> {
  const events: EngineEvent[] = [];
  const began = performance.now();
  const failed = await operate(stack, request, (event) => events.push(event)).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const steps = events.flatMap(({ resourcePreEvent }) =>
    resourcePreEvent ? [{ operation: resourcePreEvent.metadata.op, urn: resourcePreEvent.metadata.urn }] : [],
  );
  const diagnostics = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent && !["info", "info#err", "debug"].includes(diagnosticEvent.severity)
      ? [`${diagnosticEvent.urn ?? ""} ${diagnosticEvent.message}`]
      : [],
  );
  const counts = Object.fromEntries(
    [...new Set(steps.map(({ operation }) => operation))].map((operation) => [
      operation,
      steps.filter((each) => each.operation === operation).length,
    ]),
  );
  const outcome: Outcome = {
    succeeded: failed === undefined,
    steps: steps.filter(({ operation }) => operation !== "same" && operation !== "refresh"),
    counts,
    diagnostics: [...diagnostics, failed ?? ""].join("\n"),
    milliseconds: performance.now() - began,
  };
  process.send?.(outcome);
}

async function operate(
  stack: Stack,
  { operation, ...options }: Request,
  onEvent: (event: EngineEvent) => void,
): Promise<void> {
  const all = { ...options, onEvent, color: "never" as const };
  if (operation === "preview") await stack.preview(all);
  else if (operation === "up") await stack.up(all);
  else if (operation === "refresh") await stack.refresh(all);
  else await stack.destroy(all);
}

main();
