import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

/** The address of the node: of the API server, and of every pod's host. */
export const nodeAddress = "10.244.0.1";

/** What a pod sends everything to. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-networking.html */
const gateway = "169.254.1.1";

/**
 * The network of a node: one namespace a pod, and a route for each of their addresses, as the VPC CNI does it. So all
 * traffic passes the node's own namespace, where kube-proxy works.
 */
export class Network {
  private count = 0;
  private readonly hosts = new Set<string>();

  constructor() {
    writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");
    ip(["addr", "add", `${nodeAddress}/32`, "dev", "lo"]);
  }

  /** An address for a pod. */
  nextAddress(): string {
    this.count += 1;
    return `10.244.${Math.floor(this.count / 250) + 1}.${(this.count % 250) + 1}`;
  }

  /** Makes a host with an address of its own. */
  add(name: string, address: string): void {
    // The kernel allows 15 characters.
    const device = `v${name}`;
    ip(["netns", "add", name]);
    this.hosts.add(name);
    ip(["link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", name]);
    ip(["addr", "add", `${gateway}/32`, "dev", device], ["link", "set", device, "up"]);
    ip(["route", "add", `${address}/32`, "dev", device, "src", nodeAddress]);
    const inside = (...args: readonly string[]) => ["-n", name, ...args];
    ip(inside("link", "set", "lo", "up"), inside("addr", "add", `${address}/32`, "dev", "eth0"));
    ip(inside("link", "set", "eth0", "up"), inside("route", "add", gateway, "dev", "eth0", "scope", "link"));
    ip(inside("route", "add", "default", "via", gateway));
  }

  remove(name: string): void {
    // A namespace lives on while a process of it does; its device must not.
    if (this.hosts.delete(name)) ip(["link", "delete", `v${name}`], ["netns", "delete", name]);
  }

  close(): void {
    for (const host of this.hosts) this.remove(host);
    ip(["addr", "delete", `${nodeAddress}/32`, "dev", "lo"]);
  }
}

function ip(...commands: readonly (readonly string[])[]): void {
  for (const command of commands) execFileSync("ip", command, { stdio: ["ignore", "ignore", "pipe"] });
}
