import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { meshConfig } from "../../../facts/istio/mesh";
import { namespaceInjection } from "../../../facts/istio/injection";
import { listed, textsOf } from "../../../facts/istio/objects";
import { exportedTo, meet } from "../../../facts/istio/registry";
import { workloads } from "../../../facts/istio/workloads";
import { KeyIndex } from "../../../facts/key-index";

/** A ServiceEntry's TCP ports have addresses. */
export const entryAddress: Rule = {
  id: "IST-ENTRY-ADDRESS",
  severity: "advisory",
  title: "a ServiceEntry with a TCP port has addresses",
  why: "By its port alone TCP traffic can't be told from another's: the entry takes every connection to that port, whatever it is for.",
  fix: "Add addresses, or turn on DNS capture, which gives each host one.",
  codes: ["IST0134"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0134/",

  judge: (inventory, check) =>
    check.each(inventory.objects("ServiceEntry"), (entry) => {
      check.each(openPorts(entry), (port) => {
        if (!capturesDns(inventory)) judge(entry, port, inventory, check);
      });
    }),
};

/**
 * Protocols whose connections are told apart by their address alone; TLS and HTTPS name their host.
 *
 * @see https://github.com/istio/istio/blob/master/pkg/config/protocol/instance.go
 */
const plain: ReadonlySet<string> = new Set(["TCP", "MONGO", "MYSQL", "REDIS"]);

/** The TCP ports of an entry without addresses. */
function openPorts(entry: KubernetesObject): Value[] {
  const given = [entry.get("spec", "addresses"), entry.get("status", "addresses")];
  if (given.some((addresses) => addresses.list().length > 0)) return [];
  return entry
    .get("spec", "ports")
    .list()
    .filter((port) => plain.has(protocolOf(port)));
}

function protocolOf(port: Value): string {
  return (port.get("protocol").text() || "TCP").toUpperCase();
}

function judge(entry: KubernetesObject, port: Value, inventory: Inventory, check: Check): void {
  const number = port.get("number").number() ?? "?";
  const protocol = protocolOf(port);
  const what = `port ${number} is ${protocol}${protocol === "TCP" ? "" : ", which is TCP to Istio,"} and the entry has no addresses`;
  const fix =
    "Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.";
  const rivals = rivalsOf(entry, port, inventory);
  if (rivals.length === 0) {
    check.violation(port, {
      message: `${what}: it takes every connection to that port, whatever host it is for.`,
      fix,
    });
    return;
  }
  check.violation(port, {
    message: `${what}, nor has ${listed(rivals)}: proxies keep one of these hosts for that port, and send it the connections that are meant for the others.`,
    fix,
    ...(isCertain(inventory) && { severity: "mandatory" }),
  });
  // It would weigh more, but for this: reading says that it is unknown.
  if (mayBeCertain(inventory)) for (const config of inventory.once(captures).unknown) config.text();
}

/**
 * The other hosts on a port that proxies can't tell from the entry's. Without a resolution a connection goes on to the
 * address that its client wanted, whichever entry takes it.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/listener.go mergeTCPFilterChains
 */
function rivalsOf(entry: KubernetesObject, port: Value, inventory: Inventory): string[] {
  if (!resolves(entry)) return [];
  const index = inventory.once(openHosts);
  const own = textsOf(entry.get("spec", "hosts")).map((host) => host.toLowerCase());
  const scope = exportedTo(entry);
  const rivals = index
    .get(`${port.get("number").number() ?? 0}`)
    .filter((other) => !own.includes(other.host) && meet(scope, other.scope))
    .map(({ host, entry: { label } }) => `${host} (${label})`);
  const others = own.slice(1).map((host) => `${host} beside it`);
  index.assertKnown((other) => other !== entry);
  return [...new Set([...others, ...rivals])];
}

interface OpenHost {
  readonly host: string;
  readonly entry: KubernetesObject;
  readonly scope: ReadonlySet<string>;
}

/** Hosts that are looked up and have a TCP port without an address, by port. */
function openHosts(inventory: Inventory): KeyIndex<OpenHost> {
  return KeyIndex.ofParts(inventory.objects("ServiceEntry"), (entry) => {
    if (!resolves(entry)) return [];
    const scope = exportedTo(entry);
    const hosts = textsOf(entry.get("spec", "hosts")).map((host) => host.toLowerCase());
    return openPorts(entry).flatMap((port) =>
      hosts.map((host) => [`${port.get("number").number() ?? 0}`, { host, entry, scope }] as const),
    );
  });
}

function resolves(entry: KubernetesObject): boolean {
  return ["STATIC", "DNS", "DNS_ROUND_ROBIN"].includes(entry.get("spec", "resolution").text() ?? "NONE");
}

/**
 * Whether proxies surely see both: a Sidecar may keep them apart, those of ambient mode give each host an address, and where
 * others configure the mesh, any may.
 */
function isCertain(inventory: Inventory): boolean {
  return mayBeCertain(inventory) && inventory.once(captures).unknown.length === 0;
}

/** The same, whatever is unknown of pods. */
function mayBeCertain(inventory: Inventory): boolean {
  if (!meshConfig(inventory) || inventory.objects("Sidecar").length > 0) return false;
  if (inventory.objects("ProxyConfig").length > 0 || inventory.once(captures).isSomewhere) return false;
  return !inventory.objects("Namespace").some((namespace) => namespaceInjection(namespace) === "ambient");
}

/** Whether some pods have DNS capture of their own, and the settings of those of which it isn't known. */
function captures(inventory: Inventory): { readonly isSomewhere: boolean; readonly unknown: readonly Value[] } {
  const configs = workloads(inventory).map(({ annotations }) => annotations.get("proxy.istio.io/config"));
  return {
    isSomewhere: configs.some((config) => !config.isUnknown && config.text()?.includes("ISTIO_META_DNS_CAPTURE")),
    unknown: configs.filter((config) => config.isUnknown),
  };
}

/** With it, istiod gives each host an address of its own. */
function capturesDns(inventory: Inventory): boolean {
  const capture = meshConfig(inventory)?.get("defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE");
  return capture?.text() === "true" || capture?.boolean() === true;
}
