import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Api } from "./api";
import { Daemon, Hopeless, until } from "./daemon";
import { nodeAddress } from "./network";

/** The only node. */
export const nodeName = "node";

const token = "lab-token";
const server = `https://${nodeAddress}:6443`;

/** The first address of the range for Services: the API server's own Service. */
export const serviceRange = "10.96.0.0/16";

/** The controllers that do what the lab needs of a cluster; the others stay away. */
const controllers = [
  "deployment-controller",
  "replicaset-controller",
  "endpointslice-controller",
  // Pulumi's provider waits for Endpoints.
  "endpoints-controller",
  "serviceaccount-controller",
  "root-ca-certificate-publisher-controller",
  "namespace-controller",
  "garbage-collector-controller",
];

/** etcd, API server, controllers and kube-proxy: a cluster with no kubelet. */
export class ControlPlane {
  readonly kubeconfig: string;
  private readonly daemons: Daemon[] = [];
  private client?: Api;

  private constructor(private readonly folder: string) {
    this.kubeconfig = join(folder, "kubeconfig");
  }

  /**
   * Resolves when the API server answers. What began is ended if it fails.
   *
   * @param folder takes data, keys and logs
   */
  static async start(folder: string): Promise<ControlPlane> {
    mkdirSync(folder, { recursive: true });
    const plane = new ControlPlane(folder);
    try {
      plane.writeKeys();
      plane.run("etcd", etcd(folder));
      plane.run("kube-apiserver", apiServer(folder));
      await plane.connect();
      plane.run("kube-controller-manager", controllerManager(folder, plane.kubeconfig));
      plane.run("kube-proxy", kubeProxy(plane.kubeconfig));
      return plane;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  get api(): Api {
    if (!this.client) throw new Error("The API server has not started.");
    return this.client;
  }

  async stop(): Promise<void> {
    this.client?.close();
    // etcd last, so that nobody writes errors about it.
    for (const daemon of [...this.daemons].reverse()) await daemon.stop();
  }

  private run(name: string, args: readonly string[]): void {
    this.daemons.push(new Daemon(name, [name, ...args], join(this.folder, `${name}.log`)));
  }

  private async connect(): Promise<void> {
    const certificate = join(this.folder, "certificates", "apiserver.crt");
    const api = await until("the API server", async () => {
      const dead = this.daemons.find(({ running }) => !running);
      if (dead) throw new Hopeless(`${dead.name} ended:\n${dead.tail()}`);
      const candidate = new Api(server, token, readFileSync(certificate));
      return (await candidate.request<string>("/readyz")) === "ok" ? candidate : undefined;
    });
    this.client = api;
    writeFileSync(this.kubeconfig, JSON.stringify(kubeconfig(readFileSync(certificate))));
    const labels = { "kubernetes.io/hostname": nodeName, "topology.kubernetes.io/zone": "ap-northeast-2a" };
    await api.apply({ apiVersion: "v1", kind: "Node", metadata: { name: nodeName, labels } });
    const status = {
      // istiod makes sidecars of pods by it: init containers since 1.29.
      nodeInfo: { kubeletVersion: (await api.request<{ gitVersion: string }>("/version")).gitVersion },
      addresses: [{ type: "InternalIP", address: nodeAddress }],
      conditions: [{ type: "Ready", status: "True" }],
    };
    await api.patch({ apiVersion: "v1", kind: "Node", metadata: { name: nodeName } }, { status }, "status");
  }

  private writeKeys(): void {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(join(this.folder, "sa.key"), privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(join(this.folder, "sa.pub"), publicKey.export({ type: "spki", format: "pem" }));
    writeFileSync(join(this.folder, "tokens.csv"), `${token},admin,admin,"system:masters"\n`);
  }
}

function etcd(folder: string): string[] {
  const [client, peer] = ["http://127.0.0.1:2379", "http://127.0.0.1:2380"];
  return [
    `--data-dir=${join(folder, "etcd")}`,
    "--unsafe-no-fsync",
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ];
}

function apiServer(folder: string): string[] {
  const issuer = "https://kubernetes.default.svc";
  return [
    "--etcd-servers=http://127.0.0.1:2379",
    "--secure-port=6443",
    // With no default route it can't find an address by itself.
    `--advertise-address=${nodeAddress}`,
    `--cert-dir=${join(folder, "certificates")}`,
    `--service-account-key-file=${join(folder, "sa.pub")}`,
    `--service-account-signing-key-file=${join(folder, "sa.key")}`,
    `--service-account-issuer=${issuer}`,
    `--api-audiences=${issuer},istio-ca`,
    `--token-auth-file=${join(folder, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    `--service-cluster-ip-range=${serviceRange}`,
    // Webhooks are called at their pods, as on EKS, where the control plane has no kube-proxy.
    "--enable-aggregator-routing=true",
  ];
}

function controllerManager(folder: string, kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--controllers=${controllers.join(",")}`,
    `--root-ca-file=${join(folder, "certificates", "apiserver.crt")}`,
    `--service-account-private-key-file=${join(folder, "sa.key")}`,
    "--leader-elect=false",
    "--bind-address=127.0.0.1",
  ];
}

function kubeProxy(kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    "--proxy-mode=iptables",
    `--hostname-override=${nodeName}`,
    "--cluster-cidr=10.244.0.0/16",
    // These limits are the machine's, not the namespace's.
    "--conntrack-max-per-core=0",
    "--conntrack-tcp-timeout-established=0",
    "--conntrack-tcp-timeout-close-wait=0",
    "--bind-address=127.0.0.1",
    "--iptables-min-sync-period=100ms",
  ];
}

function kubeconfig(certificate: Buffer): object {
  const cluster = { server, "certificate-authority-data": certificate.toString("base64") };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "lab", cluster }],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "admin" } }],
    "current-context": "lab",
  };
}
