import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../../components/settings/reading/decode";

/** What stands in the plan for a value that only AWS or the cluster can give. */
export const unknown = "[unknown]";

/** What stands there for a secret. */
export const secret = "[secret]";

/** One resource as the program registered it. */
export interface RecordedResource {
  readonly urn: string;
  /** Pulumi's type token, e.g. `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; undefined for the root. */
  readonly parent?: string;
  /** URN of the provider it goes through; undefined for a component, and for a resource that falls to a default one. */
  readonly provider?: string;
  /** Inputs, with `[unknown]` and `[secret]` where they are. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What a component registered as its outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** URNs of the resources it waits for, sorted. */
  readonly dependencies: readonly string[];
  /** Whether a change that replaces it deletes first. */
  readonly deleteBeforeReplace?: true;
}

/** What our functions return that a plan can't know. Without it, their results would be undefined instead of unknown. */
const functionResults: Readonly<Record<string, readonly string[]>> = {
  "aws:route53/getZone:getZone": ["zoneId", "name", "nameServers", "arn"],
  "aws:lb/getHostedZoneId:getHostedZoneId": ["id"],
};

/**
 * Runs a program under Pulumi's own test runtime, as a preview, and records what it registers. It asks no account
 * and starts no engine: children of remote components and the state of the cloud stay unknown.
 *
 * Pulumi's runtime is global: two recordings can't run at once.
 *
 * @param program what `pulumi up` would run, e.g. `() => import("../index")`
 * @param step called for each resource
 */
export async function record(
  config: StackConfig,
  program: () => unknown,
  step: () => void = () => undefined,
): Promise<RecordedResource[]> {
  const recorded = new Map<string, { -readonly [Key in keyof RecordedResource]: RecordedResource[Key] }>();
  const defects: string[] = [];
  pulumi.runtime.setAllConfig({ ...config.values });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ inputs }) => {
        step();
        return { id: undefined, state: inputs as Record<string, unknown> };
      },
      call: ({ token }) => unknownResults(token, defects),
    },
    config.project,
    config.stack,
    true,
  );
  listen(recorded, defects);

  // Pulumi keeps the stack trace of every promise, which is most of the work in a large plan.
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was, and not called
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 0;
  // ... and asks for a whole one, as text, for every resource.
  Error.prepareStackTrace = String;
  try {
    await program();
    await pulumi.runtime.disconnect();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
  if (defects.length > 0) throw new Error(defects.join("\n"));
  return [...recorded.values()];
}

function unknownResults(token: string, defects: string[]): Record<string, unknown> {
  const results = functionResults[token];
  if (!results) defects.push(`The program calls ${token}, and record.ts doesn't say what that returns.`);
  return Object.fromEntries((results ?? []).map((key) => [key, pulumi.unknown]));
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  /** URN and id. */
  getProvider(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getDeletebeforereplace(): boolean;
}

interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): Record<string, unknown> } | undefined;
}

type Reply = (error: unknown, response?: { getUrn(): string }) => void;

/** The part of Pulumi's resource monitor that a program registers with. */
interface Monitor {
  registerResource(request: RegisterRequest, reply: Reply): unknown;
  registerResourceOutputs(request: OutputsRequest, reply: Reply): unknown;
}

/** Mocks see inputs only; the requests to the monitor also say who the parent is and what is waited for. */
function listen(
  recorded: Map<string, { -readonly [Key in keyof RecordedResource]: RecordedResource[Key] }>,
  defects: string[],
): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const registerResource = monitor.registerResource.bind(monitor);
  const registerResourceOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResource = (request, reply) =>
    registerResource(request, (error, response) => {
      if (response) {
        const urn = response.getUrn();
        if (recorded.has(urn))
          defects.push(`The program registers more than one resource as ${urn}: the engine would refuse it.`);
        recorded.set(urn, {
          urn,
          type: request.getType(),
          name: request.getName(),
          ...(request.getParent() && { parent: request.getParent() }),
          ...(request.getProvider() && { provider: request.getProvider().replace(/::[^:]*$/, "") }),
          inputs: readable(request.getObject()?.toJavaScript() ?? {}),
          outputs: {},
          dependencies: [...new Set(request.getDependenciesList())].sort(),
          ...(request.getDeletebeforereplace() && { deleteBeforeReplace: true }),
        });
      }
      reply(error, response);
    });
  monitor.registerResourceOutputs = (request, reply) => {
    const component = recorded.get(request.getUrn());
    if (component) component.outputs = readable(request.getOutputs()?.toJavaScript() ?? {});
    return registerResourceOutputs(request, reply);
  };
}

/** Pulumi's marks for unknowns and secrets, in words. */
function readable(inputs: Record<string, unknown>): Record<string, unknown> {
  return read(inputs) as Record<string, unknown>;
}

function read(value: unknown): unknown {
  if (value === unknownMark) return unknown;
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, signature))
    return (value as Record<string, unknown>)[signature] === secretSignature ? secret : unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, read(inner)]));
}

/** @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts */
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
