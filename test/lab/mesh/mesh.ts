import { copyFileSync, chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordedResource } from "../../../cli/plan/record";
import { recorded } from "../../stack";
import { forPlainEnvoy, isIstioChart, istioSources, render, type Release } from "../charts/charts";
import type { Api, KubernetesObject } from "../cluster/api";
import { ControlPlane } from "../cluster/control-plane";
import { Daemon, until } from "../cluster/daemon";
import { pilot, proxy, workload } from "../cluster/images";
import { Host } from "../cluster/host";
import { Kubelet, type RunningPod } from "../cluster/kubelet";
import { Network } from "../cluster/network";
import { run } from "../tools/tool";

const releaseType = "kubernetes:helm.sh/v3:Release";

/** A cluster with the mesh of a stack file, installed in the program's own order. */
export class Mesh {
  private readonly outsiders: Daemon[] = [];

  private constructor(
    private readonly folder: string,
    readonly plane: ControlPlane,
    readonly network: Network,
    readonly kubelet: Kubelet,
    readonly sources: string,
    readonly plan: readonly RecordedResource[],
  ) {}

  /** A cluster with nothing in it, and what a stack file's plan would put there. */
  static async start(stackFile: string): Promise<Mesh> {
    const plan = await recorded(stackFile);
    const sources = await istioSources();
    const folder = mkdtempSync(join(tmpdir(), "cluster-"));
    chmodSync(folder, 0o755);
    const network = new Network();
    const plane = await ControlPlane.start(join(folder, "control-plane"));
    const programs = await shareWithAll(join(folder, "bin"), "envoy", "pilot-agent", "pilot-discovery");
    const bootstrap = join(programs, "envoy_bootstrap.json");
    copyFileSync(join(sources, "tools", "packaging", "common", "envoy_bootstrap.json"), bootstrap);
    chmodSync(bootstrap, 0o644);
    const images = [pilot(programs), proxy(programs, bootstrap), workload];
    return new Mesh(
      folder,
      plane,
      network,
      new Kubelet(plane.api, network, join(folder, "pods"), images),
      sources,
      plan,
    );
  }

  get api(): Api {
    return this.plane.api;
  }

  /** Applies what the plan has, each thing after what it waits for. */
  async install(which: (resource: RecordedResource) => boolean = () => true): Promise<void> {
    for (const resource of inOrder(this.plan).filter(which)) {
      if (resource.type === releaseType) await this.installRelease(resource.inputs as unknown as Release);
      else if (isObject(resource)) await this.api.apply(resource.inputs as unknown as KubernetesObject);
    }
    await this.settle();
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
      // A CRD takes a moment until objects of its kind are taken.
      await until(`${object.kind} ${object.metadata.name} to be taken`, () => this.api.apply(object), 20);
    }
    for (const object of objects) {
      if (object.kind === "Deployment") await this.kubelet.ready(release.namespace, podLabels(object));
    }
  }

  /** The gateway's pod. */
  gateway(): Promise<RunningPod> {
    return this.kubelet.ready("istio-ingress", { istio: "ingress" });
  }

  /** A host outside of the cluster, with an address of its own. */
  async outside(name: string, address: string): Promise<Host> {
    this.network.add(name, address);
    const root = join(this.folder, name);
    mkdirSync(root);
    const program = join(__dirname, "..", "cluster", "workload.mjs");
    const command = ["ip", "netns", "exec", name, process.execPath, program];
    const env = { PATH: process.env.PATH, LAB_SOCKET: join(root, "control.sock") };
    this.outsiders.push(new Daemon(name, command, join(root, "log"), { env }));
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

  async stop(): Promise<void> {
    await Promise.all([this.kubelet.stop(), ...this.outsiders.map((each) => each.stop(1))]);
    await this.plane.stop();
    this.network.close();
  }
}

function isObject({ type, inputs }: RecordedResource): boolean {
  return type.startsWith("kubernetes:") && typeof inputs.kind === "string";
}

/** The labels of a Deployment's pods. */
export function podLabels({ spec }: KubernetesObject): Readonly<Record<string, string>> {
  return (spec as { template: { metadata: { labels: Record<string, string> } } }).template.metadata.labels;
}

/** Resources, each after what it waits for. */
function inOrder(resources: readonly RecordedResource[]): RecordedResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const done = new Set<string>();
  const order: RecordedResource[] = [];
  const visit = (resource: RecordedResource) => {
    if (done.has(resource.urn)) return;
    done.add(resource.urn);
    for (const urn of resource.dependencies) {
      const before = byUrn.get(urn);
      if (before) visit(before);
    }
    order.push(resource);
  };
  resources.forEach(visit);
  return order;
}

/** Programs for every user: the caches they lie in may be closed to others. */
async function shareWithAll(folder: string, ...programs: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  for (const program of programs) {
    const path = (await run("sh", ["-c", `command -v ${program}`], folder)).trim();
    writeFileSync(join(folder, program), "");
    await run("mount", ["--bind", path, join(folder, program)], folder);
  }
  return folder;
}
