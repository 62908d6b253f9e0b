import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { missingPort } from "../../../facts/causes";
import { gatewayReferences } from "../../../facts/istio/gateways";
import { listed, namespaceOf, textsOf } from "../../../facts/istio/objects";
import { destinationOf, fullName, portNumber, portsOf, serviceEntries } from "../../../facts/istio/registry";
import { eachDestination } from "../../../facts/istio/routes";

/** A route's port is one of its Service's, and is given where the Service has several. */
export const routePort: Rule = {
  id: "IST-ROUTE-PORT",
  severity: "mandatory",
  title: "routes name a port that the Service has",
  why: "Envoy knows a cluster for each port of a Service and answers 503 on a route to any other; without one, the route goes by the port that the request happened to come in on.",
  fix: "Give the port by its number in the Service, not the container's.",
  codes: ["IST0101", "IST0112"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0112/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      eachDestination(rule, check, (destination) => {
        judge(rule, destination, inventory, check);
      });
    }),
};

function judge(rule: KubernetesObject, destination: Value, inventory: Inventory, check: Check): void {
  const from = namespaceOf(rule);
  const host = destination.get("host").text();
  const found = host === undefined ? undefined : destinationOf(host, from, inventory);
  if (!host || (found?.kind !== "service" && found?.kind !== "entry")) return;
  const ports = portsOf(found);
  const port = destination.get("port", "number");
  const number = port.number();
  const numbers = [...new Set(ports.map(portNumber))];
  const isClear =
    number === undefined
      ? numbers.length < 2 || keepsPort(rule, fullName(host, from))
      : numbers.length === 0 || numbers.includes(number);
  if (isClear) return;
  // One more ServiceEntry may bring the port along.
  if (found.kind === "entry") inventory.once(serviceEntries).assertKnown();
  const owners = found.kind === "entry" ? found.all : [found.object];
  const owner = `${listed(owners.map(({ label }) => label))} ${owners.length === 1 ? "has" : "have"}`;
  if (number === undefined)
    check.violation(destination, {
      message: `${owner} the ports ${listed(numbers.map(String))}, and the route to "${host}" names none: Istio takes the port that the request came in on, and answers 503 if that is none of them.`,
      fix: `Add port: {number: ${numbers[0] ?? 0}}, or whichever of them is meant.`,
    });
  else
    check.violation(port, {
      ...missingPort(
        owners.map(({ label }) => label),
        number,
      ),
      message: `${owner} no port ${number}, only ${listed(numbers.map(String))}, so every request on this route gets a 503.`,
      fix: targetHint(ports, number) ?? `Write port: {number: ${numbers[0] ?? 0}}.`,
    });
}

/** In the mesh a request for the host itself goes on to the port that it was sent to. */
function keepsPort(rule: KubernetesObject, host: string): boolean {
  const isMeshOnly = gatewayReferences(rule).every(({ reference }) => reference === "mesh");
  return isMeshOnly && textsOf(rule.get("spec", "hosts")).some((own) => fullName(own, namespaceOf(rule)) === host);
}

/** The usual slip: the container's port instead of the Service's. */
function targetHint(ports: readonly Value[], number: number): string | undefined {
  const meant = ports.find((port) => port.get("targetPort").number() === number);
  return meant && `Write the Service's port instead of the container's: ${portNumber(meant) ?? ""}.`;
}
