import { execFileSync } from "node:child_process";
import type { RecordedResource } from "../../../../cli/plan/record";
import { until } from "../../cluster/daemon";
import { answered, type Answer, type Call, type Host, type Received } from "../../cluster/host";
import type { RunningPod } from "../../cluster/kubelet";
import { fromAdmin } from "../access/envoy-admin";
import type { Mesh } from "../mesh";
import { useMesh } from "../use-mesh";

/** The client's address, as the load balancer keeps it. */
export const clientAddress = "203.0.113.7";

/** Where the load balancer sends what it gets on 443 and 80: TLS is off then. */
export const ports = { https: 8443, http: 8081 } as const;

/** The applications that call others: their names and namespaces. */
const callers = { caller: "shop", web: "web" } as const;

/** A request, without whom it goes to. */
export type Ask = Partial<Omit<Call, "host" | "address">>;

/** Sends a request for a path of a host. */
export type Way = (host: string, path?: string, ask?: Ask) => Promise<Answer>;

/** The applications of routing.yaml, and the ways to them. */
export class Routing {
  private readonly addresses = new Map<string, string>();

  private constructor(
    readonly mesh: Mesh,
    /** A host outside of the cluster. */
    readonly internet: Host,
    private readonly gateway: RunningPod,
    private readonly callers: ReadonlyMap<string, Host>,
  ) {}

  static async start(mesh: Mesh): Promise<Routing> {
    const hosts = Object.entries(callers).map(
      async ([app, namespace]) => [app, mesh.application(await mesh.kubelet.ready(namespace, { app }))] as const,
    );
    const internet = await mesh.outside("internet", clientAddress);
    const routing = new Routing(mesh, internet, await mesh.gateway(), new Map(await Promise.all(hosts)));
    await routing.installed();
    return routing;
  }

  /** A request from the internet to a host below example.com, or to a whole host name. */
  readonly outside: Way = (host, path, ask) => this.internet.call(this.publicCall(host, path, ask));

  /** A request from a pod to an application by the whole name of its service. */
  readonly inside: Way = (host, path, ask) => this.insideBy("caller", host, path, ask);

  async insideBy(caller: keyof typeof callers, host: string, path?: string, ask?: Ask): Promise<Answer> {
    return this.caller(caller).call(await this.privateCall(host, path, ask));
  }

  caller(name: keyof typeof callers): Host {
    const caller = this.callers.get(name);
    if (!caller) throw new Error(`The application ${name} doesn't run.`);
    return caller;
  }

  publicCall(host: string, path = "/", ask: Ask = {}): Call {
    const whole = host.includes(".") ? host : `${host}.example.com`;
    return { host: whole, port: ports.https, path, ...ask, address: this.gateway.address };
  }

  /** @param host an application of the stack, or a name that its service has */
  async privateCall(host: string, path = "/", ask: Ask = {}): Promise<Call> {
    const { name, namespace, port } = this.service(host.split(".")[0] ?? "");
    const address = await this.clusterAddress(name, namespace);
    const whole = host.includes(".") ? host : `${name}.${namespace}.svc.cluster.local`;
    return { host: `${whole}:${port}`, port, path, ...ask, address };
  }

  /** The pods of an application that run. */
  pods(app: string): readonly RunningPod[] {
    return this.mesh.kubelet.running().filter(({ labels }) => labels.app === app);
  }

  /** The programs of an application's pods. */
  programs(app: string): readonly Host[] {
    return this.pods(app).map((pod) => this.mesh.application(pod));
  }

  /** What an application was sent below a path since it was last asked. */
  async received(app: string, path = "/"): Promise<readonly Received[]> {
    const lists = await Promise.all(this.programs(app).map((each) => each.received()));
    return lists.flat().filter((each) => each.path.startsWith(path));
  }

  /**
   * Gives an application more pods, and waits until all who are to ask know them.
   *
   * @param ways requests to the application, by each who is to ask
   */
  async scale(app: string, namespace: string, replicas: number, ways: readonly (() => Promise<Answer>)[]) {
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: `${app}-v1`, namespace } };
    await this.mesh.api.patch(deployment, { spec: { replicas } });
    for (const ask of ways) {
      const seen = new Set<string>();
      await until(`${replicas} pods of ${app} to answer`, async () => {
        const answer = await ask();
        if (answer.status === 200) seen.add(answered(answer).pod);
        return seen.size === replicas || undefined;
      });
    }
  }

  /** The most connections that an application's sidecar makes, by cluster, e.g. `outbound|80|v1|web.shop.svc.cluster.local`. */
  async mostConnections(app: keyof typeof callers): Promise<ReadonlyMap<string, number>> {
    const dump = await fromAdmin(this.caller(app), "/config_dump?resource=dynamic_active_clusters");
    const { configs } = JSON.parse(dump) as { readonly configs: readonly { readonly cluster: Cluster }[] };
    return new Map(
      configs.flatMap(({ cluster: { name, circuit_breakers: breakers } }) => {
        const most = breakers?.thresholds?.[0]?.max_connections;
        return most === undefined ? [] : [[name, most]];
      }),
    );
  }

  /** Waits until a host below example.com answers with 200. */
  async answers(host: string): Promise<void> {
    const headers = { "x-lab-probe": "yes" };
    await until(
      `${host} to answer`,
      async () => (await this.outside(host, "/", { headers })).status === 200 || undefined,
    );
  }

  /** Makes every application behave, and forget what it was sent. */
  async reset(): Promise<void> {
    for (const pod of this.mesh.kubelet.running()) {
      if (!("app" in pod.labels) || pod.namespace.startsWith("istio-")) continue;
      const program = this.mesh.application(pod);
      await program.behave();
      await program.received();
    }
  }

  /**
   * Refuses connections to an application's sidecars, as a pod does whose proxy is gone but which is still listed.
   *
   * @returns gives how many were refused since it was last asked, or with `end` takes them again
   */
  refuseConnections(app: string): { count(): number; end(): void } {
    const tables = (...args: readonly string[]) =>
      this.pods(app).map(({ host }) =>
        execFileSync("ip", ["netns", "exec", host, "iptables", ...args], { encoding: "utf8", stdio: "pipe" }),
      );
    const rule = ["INPUT", "-p", "tcp", "--dport", "15006", "-j", "REJECT", "--reject-with", "tcp-reset"];
    tables("-I", ...rule);
    return {
      count: () =>
        tables("-L", "INPUT", "-v", "-x", "-n", "-Z")
          .map((text) => Number(/^\s*(\d+)\s.*15006/m.exec(text)?.[1]))
          .reduce((sum, each) => sum + each, 0),
      end: () => void tables("-D", ...rule),
    };
  }

  /** The rules of `caller` come last: whoever sends on as they say knows all the others. */
  private async installed(): Promise<void> {
    const knows = (who: string, ask: () => Promise<Answer>) =>
      until(`${who} to know all rules`, async () => (await ask()).status === 301 || undefined);
    await knows("the gateway", () => this.outside("caller", "/installed"));
    for (const name of ["caller", "web"] as const)
      await knows(`the sidecar of ${name}`, () => this.insideBy(name, "caller", "/installed"));
    await this.reset();
  }

  private service(name: string): { name: string; namespace: string; port: number } {
    const services = this.mesh.plan.filter(({ type }) => type === "kubernetes:core/v1:Service");
    const found = services
      .map(({ inputs }) => inputs as unknown as Service)
      .find((each) => each.metadata.name === name);
    if (!found) throw new Error(`routing.yaml has no application ${name} with a workload.`);
    const { metadata, spec } = found;
    return { name, namespace: metadata.namespace, port: spec.ports[0]?.port ?? 0 };
  }

  private async clusterAddress(name: string, namespace: string): Promise<string> {
    const known = this.addresses.get(name);
    if (known !== undefined) return known;
    const { spec } = await this.mesh.api.get({ apiVersion: "v1", kind: "Service", metadata: { name, namespace } });
    const { clusterIP } = spec as { clusterIP: string };
    this.addresses.set(name, clusterIP);
    return clusterIP;
  }
}

interface Cluster {
  readonly name: string;
  readonly circuit_breakers?: { readonly thresholds?: readonly { readonly max_connections?: number }[] };
}

interface Service {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly ports: readonly { readonly port: number }[] };
}

/** Gives the tests of a `describe` the applications of routing.yaml in a mesh, which behave before each of them. */
export function useRouting(): () => Routing {
  const mesh = useMesh("routing.yaml", async (starting) => {
    await starting.install(starting.plan.filter((resource) => !isLast(resource)));
    await starting.install(starting.plan.filter(isLast));
  });
  let routing: Routing | undefined;
  before("wait until proxies know all rules", async function () {
    this.timeout(300_000);
    routing = await Routing.start(mesh());
  });
  afterEach(() => routing?.reset());
  return () => {
    if (!routing) throw new Error("The mesh starts before the first test: ask for it inside of one.");
    return routing;
  };
}

function isLast({ type, name }: RecordedResource): boolean {
  return type.endsWith(":VirtualService") && name.includes("-app-caller-");
}
