import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Violation } from "../../../engine/rule";
import { conflict } from "../../../facts/causes";
import { ifApart, listed } from "../../../facts/istio/objects";
import { isOther, serversOf, sharePods, type Family, type Server } from "../../../facts/istio/servers";
import { KeyIndex } from "../../../facts/key-index";

/** Gateways on the same pods leave each other's ports and hosts alone. */
export const gatewayConflict: Rule = {
  id: "IST-GATEWAY-CONFLICT",
  severity: "mandatory",
  title: "no two servers of Gateways take the same host, or another protocol, on one port",
  why: "Istio keeps the server of the older Gateway and drops the other silently, so its hosts are down or lose their certificate.",
  fix: "Give each server hosts or a port of its own.",
  codes: ["IST0145", "KIA0301"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0145/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      const { byHost, byFamily, byName } = inventory.once(indexes);
      check.each(serversOf(gateway), (server) => {
        const rivals = (others: readonly Server[]) =>
          others.filter((other) => isOther(server, other) && sharePods(gateway, other.gateway, inventory));
        for (const family of families)
          if (family !== server.family) judgeProtocols(server, rivals(byFamily.get(placeOf(server, family))), check);
        const same = server.hosts.flatMap((host) => rivals(byHost.get(hostPlace(server, host))));
        judgeHosts(server, same, check);
        if (!hasOwnChain(server)) return;
        // Of servers with the same host for the same namespaces Istio keeps one only.
        const others = server.hosts.flatMap((host) => rivals(byName.get(namePlace(server, host))));
        const dropped = (other: Server) => same.some((one) => !isOther(one, other));
        judgeNames(
          server,
          [...new Set(others)].filter((other) => !dropped(other)),
          check,
        );
        byName.assertKnown();
      });
      byHost.assertKnown();
    }),
};

const families: readonly Family[] = ["HTTP", "TLS", "TCP"];

function judgeProtocols(server: Server, rivals: readonly Server[], check: Check): void {
  const [first] = rivals;
  if (!first) return;
  const take = rivals.every(({ gateway }) => gateway === first.gateway) ? "takes" : "take";
  check.violation(server.value, {
    ...between(server, rivals),
    message: `takes ${server.family} on port ${server.port}, and ${namesOf(rivals, server)} ${take} ${first.family} there on the same pods: Istio drops one of them.`,
    fix: "Give one of them another port.",
  });
}

function judgeHosts(server: Server, rivals: readonly Server[], check: Check): void {
  const isMixed = (other: Server) => server.family === "HTTP" && server.redirects === other.redirects;
  const lost = rivals.filter((other) => !isMixed(other));
  // Plain servers of one Gateway may repeat a host: they say the same.
  const mixed = rivals.filter((other) => isMixed(other) && other.gateway !== server.gateway);
  if (lost.length > 0)
    check.violation(server.value, {
      ...between(server, lost),
      message:
        `${common(server, lost)}: ` +
        (server.family === "HTTP"
          ? "only some of them redirect to HTTPS, and which counts depends on which is older."
          : "Istio drops the newer server, with its certificate and its routes."),
      fix: "Let one Gateway have the host, or give one of them another port.",
    });
  if (mixed.length > 0)
    check.violation(server.value, {
      ...between(server, mixed),
      message: `${common(server, mixed)}: their routes are mixed, in no order that anybody chose.`,
      fix: "Let one Gateway have the host, and bind the VirtualServices to that.",
      severity: "advisory",
    });
}

/**
 * Whether a server gets a filter chain of its own by the names of its hosts alone, as each does that ends HTTPS: Envoy
 * refuses a listener with two chains of one name.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/model/gateway.go
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
 */
function hasOwnChain({ value }: Server): boolean {
  const mode = value.get("tls", "mode").text() ?? "PASSTHROUGH";
  return value.get("port", "protocol").text()?.toUpperCase() === "HTTPS" && !mode.endsWith("PASSTHROUGH");
}

/** Servers that share hosts, each for other namespaces. */
function judgeNames(server: Server, rivals: readonly Server[], check: Check): void {
  if (rivals.length === 0) return;
  const shared = [...new Set(server.hosts.map(nameIn))].filter((name) =>
    rivals.some((other) => other.hosts.some((host) => nameIn(host) === name)),
  );
  const hosts = listed(shared.map((name) => `"${name}"`));
  check.violation(server.value, {
    ...between(server, rivals),
    message: `${shared.length === 1 ? `host ${hosts} on port ${server.port} is` : `hosts ${hosts} on port ${server.port} are`} in ${namesOf(rivals, server)} too, on the same pods, for other namespaces: Envoy tells TLS connections apart by host alone and refuses the whole listener, so that no host of the port is served by a new pod, and no change reaches an old one.`,
    fix: "Let one server have the host, with an entry for each namespace, or give one of them another port.",
  });
}

/** Each of the servers is told of the others. */
function between(server: Server, rivals: readonly Server[]): Pick<Violation, "cause" | "severity"> {
  const places = [server, ...rivals].map(({ gateway, value }) => `${gateway.label} ${value.path}`);
  return {
    ...ifApart(
      server.gateway,
      rivals.map(({ gateway }) => gateway),
    ),
    ...conflict(`servers on port ${server.port}`, places),
  };
}

/** `shop.example.com` of `bookinfo/shop.example.com`. */
function nameIn(host: string): string {
  return host.slice(host.indexOf("/") + 1);
}

/** `host "shop.example.com" on port 443 is in Gateway edge/other too, on the same pods` */
function common(server: Server, rivals: readonly Server[]): string {
  const shared = server.hosts.filter((host) => rivals.some((other) => other.hosts.includes(host)));
  const hosts = listed(shared.map((host) => `"${host.replace(/^\*\//, "")}"`));
  return `${shared.length === 1 ? `host ${hosts} on port ${server.port} is` : `hosts ${hosts} on port ${server.port} are`} in ${namesOf(rivals, server)} too, on the same pods`;
}

function namesOf(rivals: readonly Server[], server: Server): string {
  const gateways = new Set<KubernetesObject>(rivals.map(({ gateway }) => gateway));
  return listed(
    [...gateways].map((gateway) => (gateway === server.gateway ? "another server of this Gateway" : gateway.label)),
  );
}

function placeOf({ port, bind }: Server, family: Family): string {
  return `${port} ${bind} ${family}`;
}

function hostPlace(server: Server, host: string): string {
  return `${placeOf(server, server.family)} ${host}`;
}

/** For each name a place, whatever the namespace. */
function namePlace(server: Server, host: string): string {
  return hostPlace(server, nameIn(host));
}

interface Indexes {
  readonly byHost: KeyIndex<Server>;
  readonly byFamily: KeyIndex<Server>;
  /** Those with a filter chain of their own. */
  readonly byName: KeyIndex<Server>;
}

/** Servers by port and host, by port and protocol, and by port and name. */
function indexes(inventory: Inventory): Indexes {
  const gateways = inventory.objects("Gateway");
  return {
    byHost: KeyIndex.ofParts(gateways, (gateway) =>
      serversOf(gateway).flatMap((server) => server.hosts.map((host) => [hostPlace(server, host), server] as const)),
    ),
    byFamily: KeyIndex.ofParts(gateways, (gateway) =>
      serversOf(gateway).map((server) => [placeOf(server, server.family), server] as const),
    ),
    byName: KeyIndex.ofParts(gateways, (gateway) =>
      serversOf(gateway)
        .filter(hasOwnChain)
        .flatMap((server) => server.hosts.map((host) => [namePlace(server, host), server] as const)),
    ),
  };
}
