import { fork, spawn, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { installAnalyzer } from "./analyzer";
import { bundle } from "./bundle";
import { Cloud } from "./cloud";
import { Faults, type Hold } from "./faults";
import { ready, type Graph, type StateResource } from "./graph";
import { Journal, nameOf, typeOf, type Call } from "./journal";
import { startLanguage } from "./language";
import { packages } from "./packages";
import { installPlugin, killPlugins, type RealProvider } from "./plugin";
import { startProvider, type World } from "./provider";
import type { RunningServer } from "./server";
import type { Operation, Outcome, Request } from "./session";
import { samplePath, type SampleName } from "../../samples";

export type { Outcome, Step } from "./session";

/** How an operation runs. Default: as much at once as the graph allows, and no further after a failure. */
export type Options = Partial<Omit<Request, "operation">>;

/** What stands under `config:` in a stack file. */
export type Config = Readonly<Record<string, unknown>>;

/** A create that was cut short. */
export interface Pending {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** URN and id. */
  readonly provider: string;
}

/** Milliseconds after which an engine that asks nothing is taken for stuck. */
const longestSilence = 120_000;

/** What is asked of an engine that the lab itself has killed. */
class Killed extends Error {
  override readonly name = "Killed";
}

const root = join(__dirname, "..", "..", "..");
const open = new Set<Lab>();

/** Bundles of what an engine's process loads, by their sources. */
const bundles = mkdtempSync(join(tmpdir(), "eks-istio-bundles-"));
const bundled = new Map<string, string>();

// Whatever ends this process, no engine and no folder stays behind.
process.on("exit", () => {
  open.forEach((lab) => lab.close());
  rmSync(bundles, { recursive: true });
});
for (const [signal, status] of [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.on(signal, () => process.exit(status));

/** A sample stack's configuration, with a domain that an engine may create a zone of. */
export function sample(stack: SampleName = "dev"): Config {
  const text = readFileSync(samplePath(stack), "utf8").replaceAll("example.com", "lab.internal");
  return (parse(text) as { config: Config }).config;
}

/** A stack on the real engine, with a cloud of its own. */
export class Lab implements World {
  readonly cloud = new Cloud();
  readonly journal = new Journal();
  readonly faults = new Faults();
  private readonly folder = mkdtempSync(join(tmpdir(), "eks-istio-lab-"));
  private readonly providers: Record<string, RunningServer> = {};
  private language?: RunningServer;
  private session?: ChildProcess;
  /** The next session, as starting one takes longer than most of what it is asked. */
  private spare?: RunningSession;
  private sessions = 0;
  private readonly killed = new WeakSet<ChildProcess>();
  private readonly commands = new Set<ChildProcess>();

  private constructor(
    private readonly stack: string,
    private readonly real?: RealProvider,
  ) {
    open.add(this);
  }

  /**
   * Starts providers for a stack with this configuration, the sample's of that name unless one is given.
   *
   * @param real the provider of Kubernetes, if it is not to be a stand-in
   */
  static async start(config?: Config, stack: SampleName = "dev", real?: RealProvider): Promise<Lab> {
    const lab = new Lab(stack, real);
    if (real) installPlugin(join(lab.folder, "home"), real);
    for (const [name, version] of Object.entries(packages))
      if (name !== "kubernetes" || !real) lab.providers[name] = await startProvider(lab, version);
    lab.language = await startLanguage();
    copyFileSync(join(root, "Pulumi.yaml"), join(lab.folder, "Pulumi.yaml"));
    mkdirSync(join(lab.folder, "backend"));
    installAnalyzer(join(lab.folder, "home"));
    lab.configure(config ?? sample(stack));
    return lab;
  }

  /** What the stack file configures. */
  config: Config = {};

  /** Variables that a person sets before the commands. */
  env: Readonly<Record<string, string>> = {};

  /** What `eks.Cluster` hands out, where there is a cluster. */
  get kubeconfig(): string | undefined {
    return this.real?.kubeconfig;
  }

  /** Changes the stack file. */
  configure(config: Config): void {
    this.config = config;
    const file = join(this.folder, `Pulumi.${this.stack}.yaml`);
    const before = existsSync(file) ? (parse(readFileSync(file, "utf8")) as Config) : {};
    writeFileSync(file, stringify({ ...before, config }));
  }

  preview = (options: Options = {}) => this.ask("preview", options);
  up = (options: Options = {}) => this.ask("up", options);
  refresh = (options: Options = {}) => this.ask("refresh", options);
  destroy = (options: Options = {}) => this.ask("destroy", options);

  /** `pulumi ARGS`, as a person types it. Rejects with what it says if it fails. */
  async pulumi(...args: readonly string[]): Promise<string> {
    this.mustBeOpen();
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: { ...this.environment(), ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.commands.add(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const status = await new Promise((resolve) => child.on("close", resolve));
    this.commands.delete(child);
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${said}`);
    return said;
  }

  /** Writes a file into the project's folder, and gives its path. */
  write(name: string, content: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  }

  /**
   * Runs an operation until it can go no further than what is held, and kills program and engine there. What is held
   * ends without an answer.
   *
   * @param graph what waits for what in an up; an engine that destroys plans by itself, and is given time instead
   * @returns the operation's outcome, if nothing held it up
   */
  async killAt(hold: Hold, operation: Operation, graph?: Graph): Promise<Outcome | undefined> {
    const outcome = await this.runTo(
      (finished) => this.halts(hold, graph, finished),
      operation,
      () => this.end(),
    );
    hold.drop();
    return outcome;
  }

  /**
   * Runs an operation until a condition holds, and kills program, engine and real providers there.
   *
   * @returns the operation's outcome, if it ended before
   */
  killWhen(condition: () => Promise<boolean>, operation: Operation): Promise<Outcome | undefined> {
    const holds = async (finished: () => boolean) => {
      while (!finished()) {
        if (await condition()) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return false;
    };
    return this.runTo(holds, operation, () => this.end());
  }

  /** Runs an `up` until it can go no further than what is held, and lets that go on, all of it at once. */
  async releaseAt(hold: Hold, graph: Graph): Promise<Outcome | undefined> {
    const outcome = await this.runTo(
      (finished) => this.halts(hold, graph, finished),
      "up",
      () => hold.release(),
    );
    hold.release();
    return outcome;
  }

  /** Resources in the engine's state. */
  state(): readonly StateResource[] {
    return (this.checkpoint()?.resources ?? []).map((each) => ({
      dependencies: [],
      propertyDependencies: {},
      inputs: {},
      ...each,
      type: typeOf(each.urn),
      name: nameOf(each.urn),
    }));
  }

  /** Creates that began, and of which the engine doesn't know how they ended. */
  pending(): readonly Pending[] {
    return (this.checkpoint()?.pending_operations ?? [])
      .filter(({ type }) => type === "creating")
      .map(({ resource }) => ({ ...resource, type: typeOf(resource.urn), name: nameOf(resource.urn) }));
  }

  /** What exists, and no engine knows of: `TYPE NAME`. */
  orphans(): readonly string[] {
    const known = new Set(this.state().map(({ type, id }) => `${type} ${id ?? ""}`));
    return this.cloud
      .objects()
      .filter(({ type, id }) => !known.has(`${type} ${id}`))
      .map(({ type, name }) => `${type} ${name}`);
  }

  /**
   * @param halts whether the operation is to go no further; waits until that is known
   * @returns the outcome, or nothing if the engine was killed
   */
  private async runTo(
    halts: (finished: () => boolean) => Promise<boolean>,
    operation: Operation,
    then: () => void,
  ): Promise<Outcome | undefined> {
    let finished = false;
    const outcome = this.ask(operation)
      .catch((error: unknown) => {
        // An engine that ends by itself is a defect, and so is one that is asked after its time.
        if (error instanceof Killed && open.has(this)) return undefined;
        throw error;
      })
      .finally(() => (finished = true));
    const [result] = await Promise.all([outcome, halts(() => finished).then((yes) => yes && then())]);
    return result;
  }

  /** Resolves to whether the engine waits for what is held, and has written down what it knows. */
  private async halts(hold: Hold, graph: Graph | undefined, finished: () => boolean): Promise<boolean> {
    const began = this.journal.calls().length;
    let [calls, written, quiet, since] = [-1, -1, 0, performance.now()];
    while (!finished()) {
      this.mustBeOpen();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = { calls, written };
      calls = this.journal.calls().length;
      written = this.written();
      const same = calls === before.calls && written === before.written;
      if (!same) since = performance.now();
      if (performance.now() - since > longestSilence) throw new Error(this.silence(hold, graph));
      const halted =
        same &&
        hold.stopped.length > 0 &&
        this.idle(hold) &&
        this.noted(hold, graph, this.journal.calls().slice(began));
      quiet = halted ? quiet + 1 : 0;
      // Without a graph, what comes a moment later is stopped in a run of its own.
      if (quiet > (graph ? 1 : 6)) return true;
    }
    return false;
  }

  private silence({ stopped }: Hold, graph: Graph = new Map()): string {
    const held = new Set(stopped.map(({ urn }) => urn));
    const missing = ready(graph, new Set(this.state().map(({ urn }) => urn))).filter((urn) => !held.has(urn));
    return [
      "The engine asks for nothing any more.",
      `Held: ${[...held].join(", ")}`,
      `Could begin: ${missing.join(", ")}`,
      `Pending: ${this.pending()
        .map(({ urn }) => urn)
        .join(", ")}`,
    ].join("\n");
  }

  private idle({ stopped }: Hold): boolean {
    return this.journal
      .calls()
      .every((call) => call.ended !== undefined || call.method === "construct" || stopped.includes(call));
  }

  /** Whether the engine's file tells all that returned and all that is pending, and nothing more can begin. */
  private noted({ stopped }: Hold, graph: Graph | undefined, run: readonly Call[]): boolean {
    const checkpoint = this.checkpoint();
    if (!checkpoint) return false;
    const state = new Set((checkpoint.resources ?? []).map(({ urn }) => urn));
    const pending = new Set((checkpoint.pending_operations ?? []).map(({ resource }) => resource.urn));
    const held = new Set(stopped.map(({ urn }) => urn));
    const written = ({ method, urn }: Call) =>
      held.has(urn) || (method === "delete" ? !state.has(urn) : method !== "check" || state.has(urn));
    return (
      run.every(written) &&
      stopped.every(({ method, urn }) => method !== "create" || pending.has(urn)) &&
      (graph === undefined || ready(graph, state).every((urn) => held.has(urn)))
    );
  }

  close(): void {
    if (!open.delete(this)) return;
    this.end();
    kill(this.spare?.process);
    for (const command of this.commands) command.kill("SIGKILL");
    for (const server of Object.values(this.providers)) server.stop();
    this.language?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private mustBeOpen(): void {
    if (!open.has(this)) throw new Error("The lab is closed: its test has ended, or ran out of time.");
  }

  private end(): void {
    if (this.session) this.killed.add(this.session);
    kill(this.session);
    if (this.real) killPlugins(join(this.folder, "home"));
    this.session = undefined;
  }

  private async ask(operation: Operation, options: Options = {}): Promise<Outcome> {
    this.mustBeOpen();
    const session = (this.session ??= await this.nextSession());
    this.mustBeOpen();
    return new Promise((resolve, reject) => {
      const gone = () => {
        if (this.session === session) this.session = undefined;
        reject(new (this.killed.has(session) ? Killed : Error)(`The engine ended in ${operation}.`));
      };
      session.once("close", gone);
      session.once("message", (outcome: Outcome) => {
        session.off("close", gone);
        // What a failed program still has under way must not run into the next one: the CLI too starts a process for each.
        if (!outcome.succeeded) this.end();
        resolve(outcome);
      });
      const { prelude } = options;
      const modules = prelude === undefined ? {} : { prelude: bundleOf(prelude) };
      session.send({ operation, parallel: 256, env: this.env, ...options, ...modules } satisfies Request);
    });
  }

  private async nextSession(): Promise<ChildProcess> {
    const { process: next, started } = this.spare ?? this.startSession();
    // The first one makes the stack; whoever is killed once is killed again.
    this.spare = undefined;
    this.session = next;
    await started;
    if (this.sessions++ > 0) this.spare = this.startSession();
    return next;
  }

  private startSession(): RunningSession {
    const session = fork(bundleOf(join(__dirname, "session.ts")), {
      execArgv: ["--require", join(root, "cli", "lazy-modules.cjs")],
      detached: true,
      env: {
        ...this.environment(),
        NODE_PATH: join(root, "node_modules"),
        LAB_PROGRAM: bundleOf(join(root, "index.ts")),
      },
    });
    const started = new Promise<void>((resolve, reject) => {
      session.once("message", () => resolve());
      session.once("close", () => reject(new Error("The engine's process didn't start.")));
    });
    // A spare that is killed with its lab has nobody to tell.
    started.catch(() => undefined);
    return { process: session, started };
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...this.real?.env,
      LAB_FOLDER: this.folder,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "lab",
      PULUMI_STACK: this.stack,
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: Object.entries(this.providers)
        .map(([name, { port }]) => `${name}:${port}`)
        .join(","),
      PULUMI_DEBUG_LANGUAGES: `nodejs:${this.language?.port ?? 0}`,
    };
  }

  /** What the engine wrote down; nothing while it writes. */
  private checkpoint(): Checkpoint | undefined {
    const file = this.checkpointFile();
    if (!existsSync(file)) return {};
    try {
      return (
        (JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest?: Checkpoint } }).checkpoint.latest ?? {}
      );
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** When the engine last wrote. */
  private written(): number {
    return statSync(this.checkpointFile(), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  private checkpointFile(): string {
    return join(this.folder, "backend", ".pulumi", "stacks", "eks-istio", `${this.stack}.json`);
  }
}

interface RunningSession {
  readonly process: ChildProcess;
  readonly started: Promise<void>;
}

/** A module's bundle, made when it is first asked for. */
function bundleOf(module: string): string {
  const path = bundled.get(module) ?? bundle(module, join(bundles, String(bundled.size)));
  bundled.set(module, path);
  return path;
}

/** Kills a session: it leads a process group of its own, with the engine in it. */
function kill(session: ChildProcess | undefined): void {
  if (session?.pid === undefined) return;
  try {
    process.kill(-session.pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The part of the engine's file that the lab reads. */
interface Checkpoint {
  readonly resources?: readonly (Pick<StateResource, "urn" | "type" | "custom"> & Partial<StateResource>)[];
  readonly pending_operations?: readonly {
    readonly type: string;
    readonly resource: { readonly urn: string; readonly parent: string; readonly provider: string };
  }[];
}
