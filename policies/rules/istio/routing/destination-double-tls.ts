import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { referenceOf } from "../../../facts/gateway-api/references";
import { backendValues, routes } from "../../../facts/gateway-api/routes";
import { clientTls, type ClientTls } from "../../../facts/istio/client-tls";
import { namespaceOf } from "../../../facts/istio/objects";
import { destinationOf, fullName, portNumber, portsOf } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";

/** A proxy encrypts only what isn't encrypted yet. */
export const destinationDoubleTls: Rule = {
  id: "IST-DESTINATION-DOUBLE-TLS",
  severity: "advisory",
  title: "a DestinationRule adds no TLS to a port that carries TLS already",
  why: "Clients of a port that is HTTPS or TLS encrypt by themselves: TLS around that is more than the server takes off, and every handshake fails.",
  fix: "Give the port the protocol HTTP, with targetPort 443, and let clients speak HTTP; or take tls out.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/common-problems/network-issues/#double-tls-tls-origination-for-a-tls-request",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      check.each(clientTls(rule), (tls) => {
        if (tls.mode !== "SIMPLE" && tls.mode !== "MUTUAL") return;
        const port = encryptedPort(rule, tls, inventory);
        if (port === undefined || isRouted(rule, inventory)) return;
        const number = portNumber(port) ?? 0;
        check.violation(tls.value, {
          message: `TLS (${tls.mode}) around port ${number} of ${port.resource.label}, which is ${protocolOf(port)}: clients send TLS there already, and no VirtualService leads plain requests to it, so handshakes fail.`,
          fix: `Take tls out; or make the port HTTP with targetPort ${number}, and let clients send plain HTTP to it.`,
        });
      });
    }),
};

/**
 * The port that the settings are for, if none but TLS gets there. Of an entry without addresses the proxy takes TLS only, by
 * the host that it names; to a Service, or an address, clients may send plain text.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/tls.go
 */
function encryptedPort(rule: KubernetesObject, tls: ClientTls, inventory: Inventory): Value | undefined {
  const host = rule.get("spec", "host").text() ?? "";
  const found = destinationOf(host, namespaceOf(rule), inventory);
  if (found.kind !== "entry" || host.includes("*")) return undefined;
  if (found.all.some((entry) => entry.get("spec", "addresses").list().length > 0)) return undefined;
  const ports = portsOf(found).filter((port) => tls.port === undefined || portNumber(port) === tls.port);
  const [first] = ports;
  return first && ports.every((port) => ["HTTPS", "TLS"].includes(protocolOf(port))) ? first : undefined;
}

function protocolOf(port: Value): string {
  return (port.get("protocol").text() ?? "").toUpperCase();
}

/** Whether a VirtualService or an HTTPRoute leads to the host: requests may come there as plain HTTP. */
function isRouted(rule: KubernetesObject, inventory: Inventory): boolean {
  const hosts = inventory.once(routedHosts);
  if (hosts.get(fullName(rule.get("spec", "host").text() ?? "", namespaceOf(rule))).length > 0) return true;
  hosts.assertKnown();
  return false;
}

/** Istio's own kind of backend: `{group: networking.istio.io, kind: Hostname, name: api.example.com}`. */
function backendHosts(route: KubernetesObject): string[] {
  return route
    .get("spec", "rules")
    .list()
    .flatMap(backendValues)
    .map((backend) => referenceOf(backend, route, { group: "", kind: "Service" }))
    .flatMap(({ kind, name }) => (kind === "Hostname" ? name.toLowerCase() : []));
}

function routedHosts(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex([...inventory.objects("VirtualService"), ...routes(inventory)], (rule) => {
    if (rule.kind !== "VirtualService") return backendHosts(rule);
    return ["http", "tls", "tcp"]
      .flatMap((protocol) => rule.get("spec", protocol).list())
      .flatMap((route) => route.get("route").list())
      .map((entry) => fullName(entry.get("destination", "host").text() ?? "", namespaceOf(rule)));
  });
}
