import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { isAnother, listed, textsOf } from "../../../facts/istio/objects";
import { exportedTo, meet } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";

/** ServiceEntries say the same about a host's port. */
export const entryOnce: Rule = {
  id: "IST-ENTRY-ONCE",
  severity: "advisory",
  title: "one ServiceEntry says what a host's port is",
  why: "Where two say otherwise, the proxy takes one of the protocols for both, and which one may change with any restart.",
  fix: "Keep one ServiceEntry for the host, or export each to its own namespace.",
  codes: ["IST0177", "KIA1211", "KIA1212"],
  docs: "https://istio.io/latest/docs/reference/config/networking/service-entry/",

  judge: (inventory, check) =>
    check.each(inventory.objects("ServiceEntry"), (entry) => {
      const index = inventory.once(byHostAndPort);
      const scope = exportedTo(entry);
      for (const { key, host, port, protocol } of portsOf(entry)) {
        const rivals = index
          .get(key)
          .filter((other) => isAnother(entry, other.entry) && meet(scope, exportedTo(other.entry)));
        if (rivals.length === 0) continue;
        const others = rivals.filter((other) => other.protocol !== protocol);
        const protocols = listed(new Set(others.map((other) => other.protocol)));
        const names = (some: readonly Port[]) => listed(new Set(some.map((other) => other.entry.label)));
        check.violation(entry.get("spec", "hosts"), {
          message:
            others.length > 0
              ? `${host}:${port} is ${protocol} here and ${protocols} in ${names(others)}: proxies take one of them for both.`
              : `${host}:${port} is in ${names(rivals)} too: its endpoints come from ${new Set(rivals.map((other) => other.entry)).size === 1 ? "both" : "all of them"}.`,
          fix: "Keep one of them, or narrow exportTo so that no namespace sees both.",
        });
      }
      index.assertKnown();
    }),
};

interface Port {
  readonly key: string;
  readonly entry: KubernetesObject;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}

function portsOf(entry: KubernetesObject): Port[] {
  const hosts = textsOf(entry.get("spec", "hosts"));
  const ports = entry.get("spec", "ports").list();
  return hosts.flatMap((host) =>
    ports.map((value) => {
      const port = value.get("number").number() ?? 0;
      const protocol = (value.get("protocol").text() || "TCP").toUpperCase();
      return { key: `${host.toLowerCase()} ${port}`, entry, host, port, protocol };
    }),
  );
}

function byHostAndPort(inventory: Inventory): KeyIndex<Port> {
  return KeyIndex.ofParts(inventory.objects("ServiceEntry"), (entry) => {
    exportedTo(entry);
    return portsOf(entry).map((port) => [port.key, port] as const);
  });
}
