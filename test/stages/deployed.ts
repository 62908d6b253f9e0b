import * as pulumi from "@pulumi/pulumi";
import { stackConfig } from "../stack";
import { functionResult, outputsOf, type Outputs } from "./cloud";
import { stackKeys, type Sections } from "./support";

/** One resource as it was registered, with the options that only the engine reads. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** URN of the parent; empty for the root. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URN and id of its provider; empty where it falls to a default one. */
  readonly provider: string;
  /** URN and id of the providers it hands to its children, by package. */
  readonly providers: Readonly<Record<string, string>>;
  readonly deleteBeforeReplace: boolean;
  readonly protect: boolean;
  /** URNs under which the engine may know it from before. */
  readonly aliases: readonly string[];
  /** How long its creation may take, e.g. `2h`; empty for the provider's own. */
  readonly createTimeout: string;
}

/** What a program did when it was run. */
export interface Deployment<Result> {
  readonly result: Result;
  readonly registrations: readonly Registration[];
  readonly calls: readonly pulumi.runtime.MockCallArgs[];
  /** Messages to whoever runs `up`. */
  readonly logged: readonly string[];
}

interface Options {
  readonly sections?: Sections;
  /** Outputs of a resource that differ from the usual ones, by type. */
  readonly outputs?: Outputs;
  /** Whether it is a preview, so that ids are unknown, and outputs beside those above. Default: false. */
  readonly preview?: boolean;
}

/** Runs a program as `pulumi up` would, in a cloud that answers at once and with realistic outputs. */
export async function deployed<Result>(
  program: () => Result | Promise<Result>,
  { sections, outputs, preview = false }: Options = {},
): Promise<Deployment<Result>> {
  const config = stackConfig(stackKeys(sections));
  const [registrations, calls, logged] = [[] as Registration[], [] as pulumi.runtime.MockCallArgs[], [] as string[]];
  pulumi.runtime.setAllConfig({ ...config.values });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => ({
        id: preview || custom === false ? undefined : `${name}-id`,
        state: preview
          ? { ...(inputs as object), ...outputs?.[type] }
          : outputsOf(type, name, inputs as Record<string, unknown>, outputs),
      }),
      call: (call) => {
        calls.push(call);
        return functionResult(call.token);
      },
    },
    config.project,
    config.stack,
    preview,
  );
  listen(registrations);
  const restore = captureLog(logged);
  // Pulumi keeps the stack trace of every promise, which is most of the work.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const result = await program();
    await pulumi.runtime.disconnect();
    return { result, registrations, calls, logged };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    restore();
  }
}

/** The registration of one resource. */
export function registrationOf({ registrations }: Deployment<unknown>, type: string, name: string): Registration {
  const [found, ...others] = registrations.filter((each) => each.type === type && each.name === name);
  if (!found || others.length > 0)
    throw new Error(
      `${found ? "More than one" : "No"} ${type} ${name}; there are:\n${registrations.map((each) => `${each.type} ${each.name}`).join("\n")}`,
    );
  return found;
}

/** An output's value. Rejects with what was thrown on the way to it, which Pulumi's runtime keeps to itself. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getProvider(): string;
  getProvidersMap(): { getEntryList(): [string, string][] };
  getDeletebeforereplace(): boolean;
  getProtect(): boolean;
  getAliasesList(): { getSpec(): { getName(): string; getParenturn(): string } | undefined }[];
  getCustomtimeouts(): { getCreate(): string } | undefined;
}

/** Mocks see types, names and inputs only; what reaches the monitor says the rest. */
function listen(registrations: Registration[]): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: Request, reply: unknown): unknown;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, reply) => {
    registrations.push({
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent(),
      inputs: request.getObject()?.toJavaScript() ?? {},
      provider: request.getProvider(),
      providers: Object.fromEntries(request.getProvidersMap().getEntryList()),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      protect: request.getProtect(),
      aliases: request.getAliasesList().flatMap((alias) => {
        const spec = alias.getSpec();
        return spec ? [`${parentOf(spec.getParenturn())}$${request.getType()}::${spec.getName()}`] : [];
      }),
      createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
    });
    return register(request, reply);
  };
}

/** The beginning of a child's URN. */
function parentOf(urn: string): string {
  return urn.slice(0, urn.lastIndexOf("::"));
}

function captureLog(logged: string[]): () => void {
  const log = pulumi.log as { info: typeof pulumi.log.info };
  const { info } = log;
  log.info = (message) => {
    logged.push(message);
    return Promise.resolve();
  };
  return () => {
    log.info = info;
  };
}
