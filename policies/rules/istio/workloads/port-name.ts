import { systemNamespaces } from "../../../facts/istio/injection";
import { serviceOf } from "../../../facts/istio/hosts";
import { namespaceOf } from "../../../facts/istio/objects";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";

/** Services say what their ports speak, in words that Istio reads. */
export const portName: Rule = {
  id: "IST-PORT-NAME",
  severity: "advisory",
  title: "ports of Services say what they speak",
  why: "Istio guesses the protocol of a port whose name doesn't tell, from the first bytes: what the server begins then hangs, and metrics and routes of HTTP are missing where it guesses TCP.",
  fix: "Name ports <protocol>-<anything>, or set appProtocol.",
  codes: ["IST0118", "IST0150", "KIA0601", "KIA0602"],
  docs: "https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Service"), (service) => {
      // Istio's own and Kubernetes', and those that Istio makes for a Gateway of the Gateway API.
      if (systemNamespaces.has(namespaceOf(service)) || service.labels.get("gateway.istio.io/managed").exists) return;
      const isExternal = service.get("spec", "type").text() === "ExternalName";
      check.each(service.get("spec", "ports").list(), (port) => judge(service, port, isExternal, inventory, check));
    }),
};

function judge(service: KubernetesObject, port: Value, isExternal: boolean, inventory: Inventory, check: Check): void {
  const protocol = port.get("protocol").text() ?? "TCP";
  if (protocol !== "TCP") return;
  const number = port.get("port").number() ?? 0;
  const app = port.get("appProtocol");
  const at = app.exists ? app : port.get("name");
  const text = at.text();
  const isTcp = text === "tcp";
  if (isReadable(text, app.exists) ? !(isExternal && isTcp) : wellKnown.has(number)) return;
  const routed = inventory.once(routedServices);
  const isRouted = routed.names.has(`${service.namespace ?? ""}/${service.name}`);
  check.violation(at, {
    message: isExternal
      ? `port ${number} of an ExternalName ${isTcp ? "is plain tcp" : "doesn't say what it speaks"}: its listener takes that port of every address, and breaks what else is there.`
      : `port ${number} ${told(text, app.exists)} what it speaks: Istio guesses.`,
    fix: isExternal
      ? 'Name it after its protocol, e.g. "tls" or "http-api".'
      : `${isRouted ? "Routes lead there: name" : "Name"} it after its protocol, e.g. ${app.exists ? '"http" or "tcp"' : examples(text)}.`,
    ...(isRouted && { severity: "mandatory" }),
  });
  if (isRouted) return;
  // A route may lead there all the same, and it would weigh more: reading says what is unknown.
  if (routed.names.size > 0) for (const key of ["name", "namespace"]) service.get("metadata", key).text();
  for (const value of routed.unknown) value.text();
}

function told(text: string | undefined, isProtocol: boolean): string {
  if (text === undefined) return "doesn't say";
  return isProtocol
    ? `has the appProtocol "${text}", which doesn't tell Istio`
    : `is called "${text}", which doesn't say`;
}

/** @example `examples("web")` is `"http-web" or "tcp-web"`, and `examples("http80")` is `"http-80"` */
function examples(name = ""): string {
  const [, protocol, rest] = /^(grpc|https|http|tcp|tls)[_.]?([a-z0-9].*)$/.exec(name) ?? [];
  if (protocol !== undefined && rest !== undefined) return `"${protocol}-${rest}"`;
  return name === "" ? '"http" or "tcp"' : `"http-${name}" or "tcp-${name}"`;
}

/** As `ConvertProtocol` of Istio reads it. */
function isReadable(text: string | undefined, isProtocol: boolean): boolean {
  if (text === undefined) return false;
  if (isProtocol && ["kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"].includes(text)) return true;
  const lower = text.toLowerCase();
  return lower.startsWith("grpc-web") || protocols.has(lower.split("-")[0] ?? "");
}

const protocols = new Set([
  "grpc",
  "http",
  "http2",
  "http_proxy",
  "https",
  "mongo",
  "mysql",
  "redis",
  "tcp",
  "tls",
  "udp",
]);

/** SMTP, DNS, MySQL and MongoDB: Istio takes these for TCP silently. The one of its own is a gateway's health port. */
const wellKnown = new Set([25, 53, 3306, 15021, 27017]);

/** Services that a route of HTTP leads to, and what is unknown of where routes lead. */
function routedServices(inventory: Inventory): {
  readonly names: ReadonlySet<string>;
  readonly unknown: readonly Value[];
} {
  const names = new Set<string>();
  const unknown: Value[] = [];
  for (const rule of inventory.objects("VirtualService")) {
    const hosts = entriesOf(rule.get("spec", "http"))
      .flatMap((route) => entriesOf(route.get("route")))
      .map((entry) => entry.get("destination", "host"));
    for (const host of hosts) {
      const service = host.isUnknown ? undefined : serviceOf(host.text() ?? "", rule.namespace ?? "");
      if (service?.namespace) names.add(`${service.namespace}/${service.name}`);
      else if (service) unknown.push(rule.get("metadata", "namespace"));
      else if (host.isUnknown) unknown.push(host);
    }
  }
  return { names, unknown };
}

/** A list's entries; where it is unknown, that one value. */
function entriesOf(list: Value): readonly Value[] {
  return list.isUnknown ? [list] : list.list();
}
