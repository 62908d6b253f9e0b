import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { listenersMeant, listenersOf } from "../../facts/gateway-api/listeners";
import { parentOf, parentValues, routes, type Parent } from "../../facts/gateway-api/routes";
import { overlap } from "../../facts/istio/gateways";
import { listed } from "../../facts/istio/objects";
import { nearestOf } from "../../schemas/mistakes";

/** A listener takes the hosts of the routes that attach to it. */
export const hostname: Rule = {
  id: "GWAPI-HOSTNAME",
  severity: "mandatory",
  title: "a route's hostnames are ones that its Gateway's listeners take",
  why: "What a route and its listener have no host in common for is served nowhere, and whoever calls it gets a 404.",
  fix: "Write hostnames within the listener's, or add a listener for them.",
  codes: [],
  docs: "https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec",

  judge: (inventory, check) =>
    check.each(routes(inventory), (route) => {
      const hostnames = route.get("spec", "hostnames").list();
      if (hostnames.length > 0) judge(route, hostnames, inventory, check);
    }),
};

/** A Gateway that a route attaches to, by what its listeners take. */
interface Entrance {
  readonly at: Value;
  readonly gateway: KubernetesObject;
  /** Empty for all hosts. */
  readonly hosts: readonly string[];
}

function judge(route: KubernetesObject, hostnames: readonly Value[], inventory: Inventory, check: Check): void {
  const parents = parentValues(route).map((value) => parentOf(value, route, inventory));
  // In the mesh, the Service's own hosts count.
  const gateways = parents.filter(({ found }) => found.kind !== "mesh");
  const entrances = gateways.flatMap((parent) => {
    const gateway = gatewayMeant(parent, inventory);
    return gateway ? [entranceOf(parent.value, gateway)] : [];
  });
  const isWhole = entrances.length === gateways.length && entrances.length === parents.length;
  if (entrances.length === 0) return;
  const astray = new Set<Value>();
  if (isWhole)
    check.each(hostnames, (value) => {
      const host = value.text()?.toLowerCase();
      if (host === undefined || entrances.some((entrance) => takes(entrance, host))) return;
      astray.add(value);
      check.violation(value, {
        message: `${told(entrances)} "${host}": whoever calls it gets a 404.`,
        fix: "Write a host within those of the listeners, or add a listener for this one.",
      });
    });
  if (astray.size === hostnames.length) return;
  check.each(entrances, (entrance) => {
    const own = hostnames.map((value) => value.text()?.toLowerCase() ?? "");
    if (own.some((host) => takes(entrance, host))) return;
    check.violation(entrance.at, {
      message: `${told([entrance])} ${listed(own.map((host) => `"${host}"`))}: the route isn't served there.`,
      fix: "Take this Gateway out of parentRefs, or add a hostname that its listeners take.",
    });
  });
}

/** Of a name that is nobody's, the one that was most likely meant: the route is broken as it is, and half mended without this. */
function gatewayMeant({ found, reference }: Parent, inventory: Inventory): KubernetesObject | undefined {
  if (found.kind === "gateway") return found.gateway;
  if (found.kind !== "missing" || reference.kind !== "Gateway") return undefined;
  const beside = inventory.inNamespace("KubernetesGateway", reference.namespace);
  const name = nearestOf(
    reference.name,
    beside.map((gateway) => gateway.name),
  );
  return beside.find((gateway) => gateway.name === name);
}

function entranceOf(at: Value, gateway: KubernetesObject): Entrance {
  const meant = listenersMeant(at, gateway);
  // Another rule tells of a listener that isn't there.
  const hosts = (meant.length > 0 ? meant : listenersOf(gateway)).map(
    (listener) => listener.get("hostname").text()?.toLowerCase() ?? "",
  );
  return { at, gateway, hosts: hosts.includes("") ? [] : hosts };
}

function takes({ hosts }: Entrance, host: string): boolean {
  return hosts.length === 0 || hosts.some((own) => overlap(own, host));
}

function told(entrances: readonly Entrance[]): string {
  const hosts = new Set(entrances.flatMap((entrance) => entrance.hosts));
  const labels = new Set(entrances.map(({ gateway }) => gateway.label));
  const [takes, have] = labels.size === 1 ? ["takes", "has"] : ["take", "have"];
  return `${listed(labels)} ${have} listeners for ${listed(hosts)} only, and ${takes} nothing for`;
}
