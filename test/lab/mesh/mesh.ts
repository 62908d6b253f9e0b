import { chmodSync, copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { RecordedResource } from "../../../cli/plan/record";
import { recorded } from "../../stack";
import { forPlainEnvoy, isIstioChart, istioSources, releaseType, render, type Release } from "../charts/charts";
import type { StackFile } from "../charts/stacks";
import { UnknownKind, type Api, type KubernetesObject } from "../cluster/api";
import { Authority, type Certificate } from "../cluster/authority";
import { ControlPlane } from "../cluster/control-plane";
import { Daemon, Hopeless, until } from "../cluster/daemon";
import { pilot, proxy, workload } from "../cluster/images";
import { Host } from "../cluster/host";
import { Kubelet, type RunningPod } from "../cluster/kubelet";
import { NameServer } from "../cluster/name-server";
import { Network } from "../cluster/network";
import { shareWithAll } from "../cluster/shared-programs";
import { Undo } from "../cluster/undo";
import { CommandFailed, remove, run } from "../tools/tool";

/** A cluster with the mesh of a stack file, installed in the program's own order. */
export class Mesh {
  private constructor(
    private readonly undo: Undo,
    /** Takes files of the cluster, and of tests. It goes with the cluster. */
    readonly folder: string,
    readonly plane: ControlPlane,
    readonly names: NameServer,
    /** The authority that proxies trust outside of the mesh. */
    readonly authority: Authority,
    readonly network: Network,
    readonly kubelet: Kubelet,
    readonly sources: string,
    readonly plan: readonly RecordedResource[],
  ) {}

  /**
   * A cluster with nothing in it, and what a stack file's plan would put there. What began is ended if it fails.
   *
   * @param stackFile what stands under `config:`
   * @param stack the stack's name
   */
  static async start(stackFile: string | StackFile, stack?: string): Promise<Mesh> {
    const plan = await recorded(stackFile, stack);
    const sources = istioSources();
    const undo = new Undo();
    try {
      const folder = mkdtempSync(join(tmpdir(), "cluster-"));
      undo.add(() => remove(folder));
      chmodSync(folder, 0o755);
      const network = new Network();
      undo.add(() => network.close());
      const plane = await ControlPlane.start(join(folder, "control-plane"));
      undo.add(() => plane.stop());
      const names = await NameServer.start(plane, join(folder, "dns"));
      undo.add(() => names.stop());
      const programs = await shareWithAll(undo, join(folder, "bin"), "envoy", "pilot-agent", "pilot-discovery");
      const bootstrap = join(programs, "envoy_bootstrap.json");
      copyFileSync(join(sources, "tools", "packaging", "common", "envoy_bootstrap.json"), bootstrap);
      chmodSync(bootstrap, 0o644);
      const authority = await Authority.start(join(folder, "authority"));
      const images = [pilot(programs), proxy(programs, bootstrap, authority.certificate), workload];
      const kubelet = new Kubelet(plane.api, network, join(folder, "pods"), images);
      undo.add(() => kubelet.stop());
      return new Mesh(undo, folder, plane, names, authority, network, kubelet, sources, plan);
    } catch (error) {
      await undo.run();
      throw error;
    }
  }

  get api(): Api {
    return this.plane.api;
  }

  /**
   * Applies resources as the engine does it: each as soon as all that it waits for is there, and no sooner. What the API
   * server refuses is not tried again; only a chart's objects wait for its CRDs.
   *
   * @param resources Default: the whole plan. Those that are left out are waited for by nobody
   */
  async apply(resources: readonly RecordedResource[] = this.plan): Promise<void> {
    await inOrder(resources, async (resource) => {
      if (resource.type === releaseType) await this.installRelease(resource.inputs as unknown as Release);
      else if (isObject(resource)) await this.api.apply(objectOf(resource));
    });
  }

  /**
   * Changes objects as the engine does it: first what is new or different, in order, then what is gone goes, last first.
   *
   * @param from what is there
   * @param to what is to be
   */
  async change(from: readonly RecordedResource[], to: readonly RecordedResource[]): Promise<void> {
    const inputs = (plan: readonly RecordedResource[]) => new Map(plan.map((each) => [each.urn, each.inputs]));
    const [before, after] = [inputs(from), inputs(to)];
    await this.apply(to.filter((each) => !isDeepStrictEqual(before.get(each.urn), each.inputs)));
    const gone = from.filter((each) => isObject(each) && !after.has(each.urn));
    for (const each of inReverse(gone)) await this.api.delete(objectOf(each));
  }

  /** Applies resources, by default the whole plan, and waits until every pod is ready. */
  async install(resources?: readonly RecordedResource[]): Promise<void> {
    await this.apply(resources);
    await this.settle();
  }

  /** The plan's typed objects: all but those of charts. */
  get objects(): readonly KubernetesObject[] {
    return this.plan.filter(isObject).map(objectOf);
  }

  /** Resolves when every Deployment has a pod that is ready. */
  async settle(): Promise<void> {
    for (const deployment of await this.api.list("apps/v1", "Deployment")) {
      await this.kubelet.ready(deployment.metadata.namespace ?? "", podLabels(deployment));
    }
  }

  /** Applies a chart's objects, and waits until its pods are ready, as a Release does. */
  private async installRelease(release: Release): Promise<void> {
    // The AWS Load Balancer Controller's chart is in no package registry, and there is no AWS here.
    if (!isIstioChart(release)) return;
    const objects = await render(this.sources, forPlainEnvoy(release));
    for (const object of objects) {
      // A CRD of the chart takes a moment until objects of its kind are taken. Nothing else need be tried twice.
      await until(`the kind ${object.kind}`, () => this.applyOnceKnown(object), 20);
    }
    for (const object of objects) {
      if (object.kind === "Deployment") await this.kubelet.ready(release.namespace, podLabels(object));
    }
  }

  private async applyOnceKnown(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    try {
      return await this.api.apply(object);
    } catch (error) {
      if (error instanceof UnknownKind) return undefined;
      throw new Hopeless(`${object.kind} ${object.metadata.name}: ${String(error)}`, { cause: error });
    }
  }

  /** Sets how many pods istiod has, and waits until it has them, ready, and no others. */
  async scaleIstiod(pods: number): Promise<void> {
    const istiod = await this.istiod();
    await this.api.patch(istiod, { spec: { replicas: pods } });
    await this.istiodIs(pods);
  }

  /** Replaces istiod's pods as `kubectl rollout restart` does: a new one is ready before an old one goes. */
  async restartIstiod(): Promise<void> {
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    await this.api.patch(await this.istiod(), { spec: { template: { metadata: { annotations } } } });
    await this.istiodIs(1);
  }

  private async istiod(): Promise<KubernetesObject> {
    const deployments = await this.api.list("apps/v1", "Deployment", "istio-system");
    const found = deployments.find((deployment) => podLabels(deployment).app === "istiod");
    if (!found) throw new Error("There is no istiod.");
    return found;
  }

  private async istiodIs(pods: number): Promise<void> {
    await until(`istiod to have ${pods} pods`, async () => {
      const { metadata, status } = await this.istiod();
      const { observedGeneration, replicas = 0, updatedReplicas = 0, readyReplicas = 0 } = status as DeploymentStatus;
      const running = (await this.api.list("v1", "Pod", "istio-system")).length;
      const right = [replicas, updatedReplicas, readyReplicas, running].every((count) => count === pods);
      return (observedGeneration === metadata.generation && right) || undefined;
    });
  }

  /** Resolves once istiod judges every object of Istio's: before, its webhooks let all pass. */
  async judges(): Promise<void> {
    await until("istiod's webhooks to refuse what it can't judge", async () => {
      const configurations = await this.api.list("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration");
      const webhooks = configurations.flatMap((each) => each.webhooks as readonly { failurePolicy: string }[]);
      return (webhooks.length > 0 && webhooks.every(({ failurePolicy }) => failurePolicy === "Fail")) || undefined;
    });
  }

  /** Resolves to what `istioctl analyze` finds in this cluster. */
  async analyze(revision: string): Promise<readonly Finding[]> {
    const options = ["--all-namespaces", "--revision", revision, "--output", "json"];
    try {
      return JSON.parse(
        await run("istioctl", ["analyze", ...options, "--kubeconfig", this.plane.kubeconfig], this.folder),
      ) as Finding[];
    } catch (error) {
      // It fails if it finds an error, and says which all the same.
      if (error instanceof CommandFailed && error.stdout.startsWith("[")) return JSON.parse(error.stdout) as Finding[];
      throw error;
    }
  }

  /** The gateway's pod. */
  gateway(): Promise<RunningPod> {
    return this.kubelet.ready("istio-ingress", { istio: "ingress" });
  }

  /**
   * A host outside of the cluster, with an address of its own.
   *
   * @param port where it answers. Default: nowhere
   * @param tls where it answers with TLS, as whom. Default: nowhere
   */
  async outside(
    name: string,
    address: string,
    port?: number,
    tls?: Certificate & { readonly port: number },
  ): Promise<Host> {
    this.network.add(name, address);
    const root = join(this.folder, name);
    mkdirSync(root);
    const program = join(__dirname, "..", "cluster", "workload.mjs");
    const command = ["ip", "netns", "exec", name, process.execPath, program];
    const env = {
      PATH: process.env.PATH,
      LAB_SOCKET: join(root, "control.sock"),
      LAB_NAME: name,
      ...(port !== undefined && { LAB_PORTS: String(port) }),
      ...(tls && { LAB_TLS: JSON.stringify(tls) }),
    };
    const daemon = new Daemon(name, command, join(root, "log"), { env });
    this.undo.add(() => daemon.stop(1));
    return until(`the host ${name}`, async () => {
      const host = new Host(root);
      await host.received();
      return host;
    });
  }

  /** The application in a pod. */
  application({ folder, containers }: RunningPod): Host {
    const name = [...containers.keys()].find((each) => !each.startsWith("istio-")) ?? "";
    return new Host(join(folder, name));
  }

  /** The ends of all logs, for a test that failed. */
  logs(lines = 15): string {
    const pods = this.kubelet.running().flatMap(({ containers }) => [...containers.values()]);
    return pods
      .map((daemon) => `--- ${daemon.name}${daemon.running ? "" : " (ended)"}\n${daemon.tail(lines)}`)
      .join("\n");
  }

  stop(): Promise<void> {
    return this.undo.run();
  }
}

/** What `istioctl analyze` says about an object. */
export interface Finding {
  readonly code: string;
  readonly level: string;
  readonly origin: string;
  readonly message: string;
}

interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
}

function objectOf({ inputs }: RecordedResource): KubernetesObject {
  return inputs as unknown as KubernetesObject;
}

function isObject({ type, inputs }: RecordedResource): boolean {
  return type.startsWith("kubernetes:") && typeof inputs.kind === "string";
}

/** The labels of a Deployment's pods. */
export function podLabels({ spec }: KubernetesObject): Readonly<Record<string, string>> {
  return (spec as { template: { metadata: { labels: Record<string, string> } } }).template.metadata.labels;
}

/** Does something for each resource: at once, but for those that wait for others. */
async function inOrder(
  resources: readonly RecordedResource[],
  work: (resource: RecordedResource) => Promise<void>,
): Promise<void> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const begun = new Map<string, Promise<void>>();
  const done = (resource: RecordedResource): Promise<void> => {
    const running = begun.get(resource.urn) ?? afterOthers(resource);
    begun.set(resource.urn, running);
    return running;
  };
  const afterOthers = async (resource: RecordedResource) => {
    await Promise.all(resource.dependencies.flatMap((urn) => byUrn.get(urn) ?? []).map(done));
    try {
      await work(resource);
    } catch (error) {
      throw new Error(`${resource.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
  await Promise.all(resources.map(done));
}

/** Resources, each before all that it waited for. */
function inReverse(resources: readonly RecordedResource[]): RecordedResource[] {
  const left = [...resources];
  const ordered: RecordedResource[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ urn }) => !left.some(({ dependencies }) => dependencies.includes(urn)));
    ordered.push(...left.splice(Math.max(next, 0), 1));
  }
  return ordered;
}
