import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { missing, missingPort } from "../../facts/causes";
import { isCore, isGranted, referenceOf, type Reference } from "../../facts/gateway-api/references";
import { backendValues, mayBeAtGateway, routes, serviceAt } from "../../facts/gateway-api/routes";
import { listed, namespaceOf } from "../../facts/istio/objects";
import { isFilledByCharts } from "../../facts/istio/places";
import { portNumber, portsOf } from "../../facts/istio/registry";
import { didYouMean } from "../../schemas/mistakes";

/** A route's backends exist, have the port, and may be named from there. */
export const backend: Rule = {
  id: "GWAPI-BACKEND",
  severity: "mandatory",
  title: "a route's backends are Services that exist, with that port, and that it may name",
  why: "Each request for a backend that doesn't resolve is answered with a 500, and connections of TCP and TLS are closed.",
  fix: "Name the Service with one of its ports, and allow references from other namespaces in a ReferenceGrant.",
  codes: ["KIA1402"],
  docs: "https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref",

  judge: (inventory, check) =>
    check.each(routes(inventory), (route) => {
      check.each(route.get("spec", "rules").list(), (rule) => {
        check.each(backendValues(rule), (value) => {
          const reference = referenceOf(value, route, { group: "", kind: "Service" });
          // Other kinds are for others to know.
          if (!isCore(reference, "Service") || reference.name === "") return;
          judge(value, reference, inventory, check);
          check.each([value], () => judgeGrant(value, reference, route, inventory, check));
        });
      });
    }),
};

const consequence = "requests for it are answered with a 500, connections closed";

function judge(value: Value, reference: Reference, inventory: Inventory, check: Check): void {
  const { namespace, name } = reference;
  const port = value.get("port");
  if (name.includes(".")) {
    check.violation(value.get("name"), {
      message: `"${name}" is a host, where the Gateway API wants a Service's name: ${consequence}.`,
      fix: "Write the Service's own name, and its namespace beside it.",
    });
    return;
  }
  if (!port.exists) {
    check.violation(port, {
      message: `names no port of Service ${namespace}/${name}: the API server refuses the route.`,
      fix: "Add the Service's port, by its number.",
    });
    return;
  }
  const found = serviceAt(reference, inventory);
  if (found.kind === "missing") {
    const names = inventory.inNamespace("Service", namespace).map((service) => service.name);
    check.violation(value.get("name"), {
      ...missing("Service", reference),
      message: `no Service ${name} exists in the namespace ${namespace}: ${consequence}.`,
      fix: `${didYouMean(name, names)}If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
    });
  }
  if (found.kind !== "service") return;
  const ports = portsOf(found);
  const number = port.number();
  const numbers = [...new Set(ports.map(portNumber))];
  if (number === undefined || numbers.length === 0 || numbers.includes(number)) return;
  const meant = ports.find((one) => one.get("targetPort").number() === number);
  check.violation(port, {
    ...missingPort([found.object.label], number),
    message: `${found.object.label} has no port ${number}, only ${listed(numbers.map(String))}: ${consequence}.`,
    fix: meant
      ? `Write the Service's port instead of the container's: ${portNumber(meant) ?? ""}.`
      : `Write port: ${numbers[0] ?? 0}, or add the port to the Service.`,
  });
}

/** Where no ReferenceGrant of that namespace is here, somebody else may make them: that one is missing is likely at most. */
function judgeGrant(value: Value, to: Reference, route: KubernetesObject, inventory: Inventory, check: Check): void {
  if (to.namespace === namespaceOf(route) || !mayBeAtGateway(route)) return;
  const granted = isGranted(route, to, inventory);
  const isTheirs = granted === undefined && !inventory.find("Service", to.namespace, to.name);
  if (granted === true || isTheirs || isFilledByCharts(inventory, to.namespace)) return;
  check.violation(value.get("namespace"), {
    message: `no ReferenceGrant in the namespace ${to.namespace} lets ${route.kind}s of ${namespaceOf(route)} name Service ${to.name}: ${consequence}.`,
    fix: `Make a ReferenceGrant in ${to.namespace}, from ${route.kind} in ${namespaceOf(route)} to Service. If somebody else does, name "ReferenceGrant ${to.namespace}/*" under outside in the policies' configuration.`,
    ...(granted === undefined && { severity: "advisory" as const }),
  });
}
