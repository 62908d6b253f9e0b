import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule, Violation } from "../../engine/rule";
import type { Value } from "../../engine/value";
import {
  kindsTaken,
  listenerNames,
  listenersMeant,
  listenersOf,
  takesNamespace,
} from "../../facts/gateway-api/listeners";
import { gatewaysNamed, parentOf, parentValues, routes, type Parent } from "../../facts/gateway-api/routes";
import { listed, namespaceOf } from "../../facts/istio/objects";
import { isPlacedByCommand } from "../../facts/kubernetes/names";
import { didYouMean } from "../../schemas/mistakes";

/** What a route attaches to exists, and takes it. */
export const parent: Rule = {
  id: "GWAPI-PARENT",
  severity: "mandatory",
  title: "a route attaches to a Gateway that exists, and to listeners that take it",
  why: "A route that no listener takes is served nowhere: its status says so, and whoever calls it gets a 404.",
  fix: "Name the Gateway, its namespace and its listener in parentRefs, and let the listener take the route's namespace and kind.",
  codes: ["KIA1401"],
  docs: "https://gateway-api.sigs.k8s.io/concepts/api-overview/#attaching-routes-to-gateways",

  judge: (inventory, check) =>
    check.each(routes(inventory), (route) => {
      check.each(parentValues(route), (value) => {
        const found = parentOf(value, route, inventory);
        if (found.found.kind === "missing")
          check.violation(value.get("name"), {
            ...missing(found, inventory),
            ...(!found.found.isSure && { severity: "advisory" }),
          });
        else if (found.found.kind === "gateway") judgeListeners(value, route, found.found.gateway, inventory, check);
      });
    }),
};

function missing({ reference }: Parent, inventory: Inventory): Violation {
  const { kind, namespace, name } = reference;
  const own = kind === "Gateway" ? "KubernetesGateway" : kind === "Service" ? "Service" : "ServiceEntry";
  const names = inventory.inNamespace(own, namespace).map((object) => object.name);
  const outside = `If somebody else makes it, name "${own} ${namespace}/${name}" under outside in the policies' configuration.`;
  if (own !== "KubernetesGateway")
    return {
      message: `no ${kind} ${name} exists in the namespace ${namespace}, so the route changes no request.`,
      fix: `${didYouMean(name, names)}${outside}`,
    };
  const [twin] = gatewaysNamed(name, inventory);
  const istios = inventory.find("Gateway", namespace, name);
  const meant = twin ? `Did you mean namespace: ${twin.namespace ?? ""}? ` : didYouMean(name, names);
  return {
    message: `no Gateway ${name} of the Gateway API exists in the namespace ${namespace}${istios ? ", only one of Istio's" : ""}: the route is served nowhere.`,
    fix: `${meant}${outside}`,
  };
}

function judgeListeners(
  value: Value,
  route: KubernetesObject,
  gateway: KubernetesObject,
  inventory: Inventory,
  check: Check,
): void {
  const all = listenersOf(gateway);
  // Others bring them, in a ListenerSet.
  if (all.length === 0) return;
  const meant = listenersMeant(value, gateway);
  if (meant.length === 0) {
    check.violation(
      value.get(value.get("sectionName").exists ? "sectionName" : "port"),
      unknownListener(value, gateway),
    );
    return;
  }
  const own = namespaceOf(route);
  const open = meant.filter((listener) => takesNamespace(listener, gateway, own, inventory) !== false);
  if (open.length === 0)
    check.violation(value, {
      message: `${gateway.label} takes no routes from the namespace ${own} at ${theListeners(meant)}: the route is served nowhere.`,
      fix: `Let allowedRoutes.namespaces of the listener take ${own}, or move the route to ${namespaceOf(gateway)}.`,
      ...(isPlacedByCommand(route) && { severity: "advisory" }),
    });
  else if (!open.some((listener) => kindsTaken(listener)?.includes(route.kind) ?? true))
    check.violation(value, {
      message: `${gateway.label} takes no ${route.kind} at ${theListeners(open)}: the route is served nowhere.`,
      fix: `Name a listener that takes it, or change the protocol or allowedRoutes.kinds of this one.`,
    });
}

function unknownListener(value: Value, gateway: KubernetesObject): Violation {
  const section = value.get("sectionName").text();
  const port = value.get("port").number();
  const names = listenerNames(listenersOf(gateway));
  const ports = listenersOf(gateway).map((listener) => String(listener.get("port").number() ?? ""));
  const [what, there, key] =
    section === undefined
      ? [`on port ${port ?? ""}`, ports, "port"]
      : [`"${section}"${port === undefined ? "" : ` on port ${port}`}`, names, "sectionName"];
  return {
    message: `${gateway.label} has no listener ${what} (it has ${listed(new Set(there))}): the route is served nowhere.`,
    fix: `${section === undefined ? "" : didYouMean(section, names)}Name one of its listeners, or leave ${key} out to attach to all.`,
  };
}

function theListeners(listeners: readonly Value[]): string {
  return `${listeners.length === 1 ? "the listener" : "the listeners"} ${listed(listenerNames(listeners))}`;
}
