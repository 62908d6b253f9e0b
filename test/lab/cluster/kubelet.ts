import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { ApiError, type Api, type KubernetesObject } from "./api";
import { nodeName } from "./control-plane";
import { Daemon, Hopeless, until } from "./daemon";
import { inPlace, writeEtcFiles, type FilesInPlace } from "./etc-files";
import { nodeAddress, type Network } from "./network";
import { environment, expand, field, type Container, type Pod, type Probe } from "./pod";
import { makeFolder, mountVolumes, writeVolumes } from "./volumes";

/** What runs in place of an image. */
export interface Image {
  /** Whether it stands for this image. */
  matches(image: string): boolean;
  /** The command that the container runs: the image's entry point with the container's arguments. */
  command(container: RunningContainer): readonly string[];
  /** Variables that it takes besides the container's own. */
  env?(container: RunningContainer): Readonly<Record<string, string>>;
  /** Files of its own that it finds in place of this machine's. */
  readonly files?: FilesInPlace;
  /** The user it runs as. */
  readonly user: number;
}

/** A container as an image sees it. */
export interface RunningContainer {
  readonly pod: Pod;
  readonly container: Container;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder that stands for the root of its file system. It is the working directory. */
  readonly root: string;
}

/** A pod that runs. */
export interface RunningPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly address: string;
  /** The name of its network namespace. */
  readonly host: string;
  readonly folder: string;
  readonly containers: ReadonlyMap<string, Daemon>;
}

type MutablePod = Omit<RunningPod, "containers"> & {
  readonly containers: Map<string, Daemon>;
  files: FilesInPlace;
  ready: boolean;
};

/**
 * Runs the pods of a cluster as processes: each in a network namespace of its own, with its volumes, variables, probes
 * and init containers, but with programs of this machine for images.
 */
export class Kubelet {
  private readonly pods = new Map<string, MutablePod>();
  private readonly ending = new Set<string>();
  private stopped = false;
  private count = 0;
  /** What went wrong, by the pod's uid; what went wrong with all of them stands under no uid. */
  private readonly problems = new Map<string, Error>();

  constructor(
    private readonly api: Api,
    private readonly network: Network,
    private readonly folder: string,
    private readonly images: readonly Image[],
    /** Which pods it runs. */
    private readonly mine: (pod: Pod) => boolean = () => true,
  ) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    void this.watch();
  }

  running(namespace?: string): readonly RunningPod[] {
    return [...this.pods.values()].filter((pod) => namespace === undefined || pod.namespace === namespace);
  }

  /** Resolves to a ready pod with these labels. */
  async ready(namespace: string, labels: Readonly<Record<string, string>>, seconds = 90): Promise<RunningPod> {
    const described = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return until(
      `a ready pod ${described.join()} in ${namespace}`,
      () => {
        const [problem] = this.problems.values();
        if (problem) throw new Hopeless(`The kubelet failed: ${problem.message}`, { cause: problem });
        return [...this.pods.values()].find(
          (pod) =>
            pod.ready &&
            pod.namespace === namespace &&
            Object.entries(labels).every(([key, value]) => pod.labels[key] === value),
        );
      },
      seconds,
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.pods.values()].map(({ containers }) => end([...containers.values()], 1)));
  }

  /** Follows the API server: starts what is new, ends what is to go, and tells which pods are ready. */
  private async watch(): Promise<void> {
    while (!this.stopped) {
      try {
        const pods = ((await this.api.list("v1", "Pod")) as readonly (KubernetesObject & Pod)[]).filter(this.mine);
        for (const pod of pods) this.follow(pod);
        const listed = new Set(pods.map(({ metadata }) => metadata.uid));
        for (const uid of this.pods.keys()) if (!listed.has(uid) && !this.ending.has(uid)) this.forget(uid);
      } catch (error) {
        // An API server that is about to stop refuses connections, and is no problem.
        if (!isDisconnected(error)) this.problem("", error);
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  private follow(pod: Pod): void {
    const { uid, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined) {
      if (!this.ending.has(uid)) this.remove(pod).catch((error: unknown) => this.problem(uid, error));
    } else if (!this.pods.has(uid)) {
      this.start(pod).catch((error: unknown) => {
        // One that is deleted meanwhile can't start, and need not.
        if (!this.ending.has(uid)) this.problem(uid, error);
      });
    }
  }

  private problem(uid: string, error: unknown): void {
    if (!this.stopped) this.problems.set(uid, error instanceof Error ? error : new Error(String(error)));
  }

  /** Ends a pod that was deleted before it ran: nobody waits for its end. */
  private forget(uid: string): void {
    this.ending.add(uid);
    this.end(uid, []).catch((error: unknown) => this.problem(uid, error));
  }

  private async start(pod: Pod): Promise<void> {
    const { uid, namespace, name, labels = {} } = pod.metadata;
    this.count += 1;
    const own: MutablePod = {
      namespace,
      name,
      labels,
      address: this.network.nextAddress(),
      host: `pod${this.count}`,
      // Short: the path of a socket has at most 107 characters.
      folder: join(this.folder, `pod${this.count}`),
      containers: new Map(),
      files: {},
      ready: false,
    };
    this.pods.set(uid, own);
    const reference = referenceOf(pod);
    const target = { apiVersion: "v1", kind: "Node", name: nodeName };
    const binding = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target };
    if (pod.spec.nodeName === undefined) await this.api.post(reference, "binding", binding);
    this.goOn(uid);
    this.network.add(own.host, own.address);
    await this.report(pod, own, false);

    const read = (path: string) => field({ ...pod, spec: { ...pod.spec, nodeName } }, own.address, nodeAddress, path);
    makeFolder(own.folder);
    const volumes = await writeVolumes(this.api, pod, join(own.folder, "volumes"), read);
    own.files = writeEtcFiles(own.folder, pod, own.address);
    const run = async (container: Container) => this.run(pod, own, container, volumes, read);

    for (const container of pod.spec.initContainers ?? []) {
      const daemon = await run(container);
      if (container.restartPolicy === "Always") await this.started(own, container, daemon);
      else await this.finished(container, daemon);
    }
    for (const container of pod.spec.containers) await this.started(own, container, await run(container));
    await this.probe(pod, own);
  }

  private async run(
    pod: Pod,
    own: MutablePod,
    container: Container,
    volumes: ReadonlyMap<string, string>,
    read: (path: string) => string,
  ): Promise<Daemon> {
    const image = this.images.find((each) => each.matches(container.image));
    if (!image) throw new Error(`The lab has nothing to run for the image ${container.image}.`);
    const root = join(own.folder, container.name);
    makeFolder(root);
    mountVolumes(container, volumes, root);
    makeFolder(join(root, "var", "run"));
    const metadata = { namespace: "default", name: "kubernetes" };
    const { spec } = await this.api.get({ apiVersion: "v1", kind: "Service", metadata });
    const { clusterIP } = spec as { clusterIP: string };
    const env = {
      KUBERNETES_SERVICE_HOST: clusterIP,
      KUBERNETES_SERVICE_PORT: "443",
      HOSTNAME: own.name,
      ...environment(container, read),
    };
    const running: RunningContainer = {
      pod,
      container,
      env,
      root,
      args: (container.args ?? []).map((each) => expand(each, env)),
    };
    // What a container finds below /var/run is its own. /var/run is /run here.
    const mounts = `mount --bind ${join(root, "var", "run")} /run && ${inPlace({ ...own.files, ...image.files })}`;
    const user = ["setpriv", `--reuid=${image.user}`, `--regid=${image.user}`, "--clear-groups"];
    const log = join(own.folder, `${container.name}.log`);
    writeFileSync(log, "", { mode: 0o666 });
    chmodSync(log, 0o666);
    const inside = ["sh", "-c", `${mounts} && cd ${root} && exec "$@"`, "container"];
    const command = [...inside, ...(image.user === 0 ? [] : user), ...image.command(running)];
    this.goOn(pod.metadata.uid);
    const daemon = new Daemon(`${own.name}/${container.name}`, ["ip", "netns", "exec", own.host, ...command], log, {
      env: { PATH: process.env.PATH, HOME: "/tmp", ...env, ...image.env?.(running) },
    });
    own.containers.set(container.name, daemon);
    return daemon;
  }

  /** Nothing begins for a pod that is to go, or after the end. */
  private goOn(uid: string): void {
    if (this.stopped || this.ending.has(uid)) throw new Error("The pod is to go.");
  }

  private async finished({ name }: Container, daemon: Daemon): Promise<void> {
    await daemon.ended;
    if (daemon.exitCode !== 0)
      throw new Error(`The init container ${name} of ${daemon.name} failed:\n${daemon.tail()}`);
  }

  private async started(own: MutablePod, { name, startupProbe, ports }: Container, daemon: Daemon): Promise<void> {
    if (!startupProbe) return;
    await until(`the start of ${own.name}/${name}`, async () => {
      if (!daemon.running) throw new Hopeless(`${daemon.name} ended:\n${daemon.tail()}`);
      return (await passes(startupProbe, own.address, ports)) || undefined;
    });
  }

  /** Asks the readiness probes for as long as the pod lives. */
  private async probe(pod: Pod, own: MutablePod): Promise<void> {
    const probed = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].filter((each) => each.readinessProbe);
    const ended = () => this.stopped || this.ending.has(pod.metadata.uid);
    while (!ended()) {
      const answers = await Promise.all(
        probed.map(({ readinessProbe = {}, ports }) => passes(readinessProbe, own.address, ports)),
      );
      const alive = pod.spec.containers.every(({ name }) => own.containers.get(name)?.running);
      const ready = alive && answers.every(Boolean);
      if (ready !== own.ready && !ended()) {
        own.ready = ready;
        await this.report(pod, own, ready);
      }
      await new Promise((resolve) => setTimeout(resolve, own.ready ? 1000 : 150));
    }
  }

  private async remove(pod: Pod): Promise<void> {
    const { uid } = pod.metadata;
    this.ending.add(uid);
    const sidecars = (pod.spec.initContainers ?? []).map(({ name }) => name);
    await this.end(uid, sidecars, Math.min(pod.spec.terminationGracePeriodSeconds ?? 30, 10));
    await this.api.delete(referenceOf(pod), 0).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    });
  }

  /** Ends the processes of a pod, its sidecars last, and takes its network away; what went wrong with it is over. */
  private async end(uid: string, sidecars: readonly string[], graceSeconds = 1): Promise<void> {
    const own = this.pods.get(uid);
    if (own) {
      own.ready = false;
      const daemons = (ofSidecars: boolean) =>
        [...own.containers].flatMap(([name, daemon]) => (sidecars.includes(name) === ofSidecars ? [daemon] : []));
      await end(daemons(false), graceSeconds);
      await end(daemons(true), graceSeconds);
      this.pods.delete(uid);
      this.network.remove(own.host);
    }
    this.problems.delete(uid);
  }

  private async report(pod: Pod, { address }: MutablePod, ready: boolean): Promise<void> {
    const condition = { type: "Ready", status: ready ? "True" : "False" };
    const status = {
      phase: "Running",
      podIP: address,
      podIPs: [{ ip: address }],
      hostIP: nodeAddress,
      conditions: [condition, { ...condition, type: "ContainersReady" }],
    };
    await this.api.patch(referenceOf(pod), { status }, "status");
  }
}

function referenceOf({ metadata: { name, namespace } }: Pod) {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace } };
}

async function end(daemons: readonly Daemon[], seconds: number): Promise<void> {
  await Promise.all(daemons.map((daemon) => daemon.stop(seconds)));
}

function passes({ httpGet, tcpSocket }: Probe, address: string, ports: Container["ports"] = []): Promise<boolean> {
  const named = (port: number | string) =>
    typeof port === "number" ? port : (ports.find(({ name }) => name === port)?.containerPort ?? Number(port));
  return new Promise((resolve) => {
    const no = () => resolve(false);
    if (httpGet) {
      const { path = "/", port } = httpGet;
      const request = get({ host: address, port: named(port), path, timeout: 2000, agent: false }, (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 400);
      });
      request.on("error", no).on("timeout", () => request.destroy());
    } else if (tcpSocket) {
      const socket = connect({ host: address, port: named(tcpSocket.port), timeout: 2000 }, () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", no).on("timeout", () => socket.destroy(new Error("no answer")));
    } else {
      resolve(true);
    }
  });
}

function isDisconnected(error: unknown): boolean {
  const { code = "" } = error as NodeJS.ErrnoException;
  return ["ECONNREFUSED", "ECONNRESET"].includes(code);
}
