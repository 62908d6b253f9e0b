import { Resolver } from "node:dns/promises";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlane } from "./control-plane";
import { Daemon, Hopeless, until } from "./daemon";
import { nodeAddress } from "./network";

/** The address that pods ask for names: the tenth of the range for Services, as EKS has it. */
export const dnsAddress = "10.96.0.10";

/** Where the Service of that address leads. */
const endpoint = nodeAddress;

/** CoreDNS: it answers for the cluster's Services, and for an internet of the lab's own. Nothing is asked of the real one. */
export class NameServer {
  private readonly addresses = new Map<string, string>();
  private serial = 0;
  private readonly daemon: Daemon;
  private readonly resolver = new Resolver({ timeout: 500, tries: 1 });

  private constructor(
    private readonly folder: string,
    kubeconfig: string,
  ) {
    mkdirSync(folder, { recursive: true });
    this.writeZone();
    const configuration = join(folder, "Corefile");
    writeFileSync(configuration, corefile(kubeconfig, this.zone));
    this.daemon = new Daemon("coredns", ["coredns", "-conf", configuration], join(folder, "log"));
    this.resolver.setServers([endpoint]);
  }

  /**
   * Resolves when it answers. What began is ended if it fails.
   *
   * @param folder takes its configuration and its log
   */
  static async start(plane: ControlPlane, folder: string): Promise<NameServer> {
    const server = new NameServer(folder, plane.kubeconfig);
    try {
      for (const object of [service, slice]) await plane.api.apply(object);
      await server.answers("kubernetes.default.svc.cluster.local");
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /**
   * Gives names of the internet addresses. Resolves when they are known.
   *
   * @param addresses by name, e.g. `{ "api.example.org": "198.51.100.10" }`; the name `*.example.org` is all that have no record of their own
   */
  async add(addresses: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, address] of Object.entries(addresses)) this.addresses.set(name, address);
    this.writeZone();
    for (const name of Object.keys(addresses)) await this.answers(name.replace("*", "any"), addresses[name]);
  }

  stop(): Promise<void> {
    return this.daemon.stop(1);
  }

  private get zone(): string {
    return join(this.folder, "internet.zone");
  }

  /** The internet's root, with every name below it. Moved: it is read again whenever its serial has changed. */
  private writeZone(): void {
    this.serial += 1;
    const records = [...this.addresses].map(([name, address]) => `${name}. 30 IN A ${address}`);
    const soa = `. 30 IN SOA ns.invalid. admin.invalid. ${this.serial} 3600 600 86400 1`;
    writeFileSync(`${this.zone}.new`, [soa, ". 30 IN NS ns.invalid.", ...records, ""].join("\n"));
    renameSync(`${this.zone}.new`, this.zone);
  }

  private async answers(name: string, address?: string): Promise<void> {
    await until(`CoreDNS to know ${name}`, async () => {
      if (!this.daemon.running) throw new Hopeless(`${this.daemon.name} ended:\n${this.daemon.tail()}`);
      const found = await this.resolver.resolve4(name);
      return address === undefined || found.includes(address) || undefined;
    });
  }
}

/** @see https://coredns.io/plugins/kubernetes/ */
function corefile(kubeconfig: string, zone: string): string {
  return `. {
  bind ${endpoint}
  errors
  kubernetes cluster.local {
    kubeconfig ${kubeconfig}
  }
  file ${zone} . {
    reload 100ms
  }
}
`;
}

const metadata = { name: "kube-dns", namespace: "kube-system" };
const ports = [
  { name: "dns", port: 53, protocol: "UDP" },
  { name: "dns-tcp", port: 53, protocol: "TCP" },
];

const service = { apiVersion: "v1", kind: "Service", metadata, spec: { clusterIP: dnsAddress, ports } };

/** The Service has no selector: CoreDNS is no pod here. */
const slice = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { ...metadata, labels: { "kubernetes.io/service-name": metadata.name } },
  addressType: "IPv4",
  endpoints: [{ addresses: [endpoint] }],
  ports,
};
