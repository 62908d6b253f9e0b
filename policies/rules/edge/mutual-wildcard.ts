import { groupBy, type Inventory } from "../../inventory";
import type { KubernetesObject } from "../../resource";
import type { Check, Rule } from "../../rule";
import type { Value } from "../../value";

/** A host that asks for client certificates isn't reached through a wildcard that doesn't. */
export const mutualWildcard: Rule = {
  id: "IST-MUTUAL-WILDCARD",
  severity: "mandatory",
  title: "a host that asks for client certificates is under no wildcard on the same port that doesn't",
  why: "A client connects to another name under the wildcard, without a certificate, and then asks for the guarded host in the Host header.",
  fix: "Give the guarded host a port or a gateway of its own, or name the other hosts one by one.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      const servers = gateway.get("spec", "servers").list();
      check.each(servers, (server) => {
        if (isMutual(server)) judge(gateway, server, inventory, check);
      });
    }),
};

function judge(gateway: KubernetesObject, server: Value, inventory: Inventory, check: Check): void {
  const port = server.get("port", "number").number();
  const selector = selectorText(gateway);
  const { known, unclear } = inventory.once(bySelector);
  // Reading these says that they are unknown.
  for (const other of unclear) selectorText(other);
  for (const other of known.get(selector) ?? []) {
    const open = other
      .get("spec", "servers")
      .list()
      .filter((one) => isOpen(one, port));
    for (const wildcard of open.flatMap((one) => one.get("hosts").list()))
      for (const host of server.get("hosts").list()) {
        const [guarded, pattern] = [bare(host), bare(wildcard)];
        if (!isUnder(guarded, pattern)) continue;
        other.get("metadata", "name").text();
        other.get("metadata", "namespace").text();
        check.violation(host, {
          message: `host "${guarded}" asks for a client certificate, but "${pattern}" on port ${port ?? ""}${other === gateway ? "" : ` of ${other.label}`} doesn't and covers it: a client connects there and asks for this host.`,
          fix: "Give it a port or a gateway of its own, or name the other hosts one by one.",
        });
      }
  }
}

function isMutual(server: Value): boolean {
  return server.get("tls", "mode").text() === "MUTUAL";
}

/** Whether a server takes anybody on a port. */
function isOpen(server: Value, port: number | undefined): boolean {
  const mode = server.get("tls", "mode").text();
  return (mode === "SIMPLE" || mode === "OPTIONAL_MUTUAL") && server.get("port", "number").number() === port;
}

/** Unlike a certificate's, a Gateway's wildcard spans any depth. */
function isUnder(host: string, pattern: string): boolean {
  if (pattern === "*") return host !== "*";
  return pattern.startsWith("*.") && host !== pattern && host.endsWith(pattern.slice(1));
}

/** Without the namespace that may stand before it. */
function bare(host: Value): string {
  return (host.text() ?? "").split("/").at(-1)?.toLowerCase() ?? "";
}

function bySelector(inventory: Inventory) {
  const gateways = inventory.objects("Gateway");
  const isUnclear = (gateway: KubernetesObject) => {
    const selector = gateway.get("spec", "selector");
    return selector.isUnknown || selector.entries().some(([, value]) => value.isUnknown);
  };
  return {
    known: groupBy(
      gateways.filter((gateway) => !isUnclear(gateway)),
      selectorText,
    ),
    unclear: gateways.filter(isUnclear),
  };
}

function selectorText(gateway: KubernetesObject): string {
  const labels = gateway.get("spec", "selector").texts();
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
