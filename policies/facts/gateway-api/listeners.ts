import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { namespaceOf, textsOf } from "../istio/objects";
import { gatewayGroup } from "./references";

/** A Gateway's listeners. */
export function listenersOf(gateway: KubernetesObject): readonly Value[] {
  return gateway.get("spec", "listeners").list();
}

/** Whether Istio makes a gateway of it. Others' Gateways have certificates from elsewhere: an ALB's from ACM. */
export function isIstios(gateway: KubernetesObject, inventory: Inventory): boolean {
  const name = gateway.get("spec", "gatewayClassName").text() ?? "";
  const found = inventory.find("GatewayClass", "default", name);
  if (!found) return name === "istio";
  return found.get("spec", "controllerName").text() === "istio.io/gateway-controller";
}

/** The listeners that an entry of `parentRefs` means: that of a section, those of a port, or all. */
export function listenersMeant(parent: Value, gateway: KubernetesObject): readonly Value[] {
  const section = parent.get("sectionName").text();
  const port = parent.get("port").number();
  return listenersOf(gateway).filter(
    (listener) =>
      (section === undefined || listener.get("name").text() === section) &&
      (port === undefined || listener.get("port").number() === port),
  );
}

/**
 * Whether a listener takes routes from a namespace. Undefined where a Namespace that isn't here decides.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes
 */
export function takesNamespace(
  listener: Value,
  gateway: KubernetesObject,
  namespace: string,
  inventory: Inventory,
): boolean | undefined {
  const allowed = listener.get("allowedRoutes", "namespaces");
  const from = allowed.get("from").text() ?? "Same";
  if (from === "All") return true;
  if (from === "Same") return namespace === namespaceOf(gateway);
  if (from !== "Selector") return false;
  return isSelected(allowed.get("selector"), namespace, inventory);
}

const nameLabel = "kubernetes.io/metadata.name";

function isSelected(selector: Value, name: string, inventory: Inventory): boolean | undefined {
  const namespace = inventory.find("Namespace", "default", name);
  // Its name is a label of each.
  const label = (key: string) => (key === nameLabel ? name : namespace?.labels.get(key).text());
  const asked = [
    ...selector
      .get("matchLabels")
      .entries()
      .map(([key, value]) => ({ key, fits: () => label(key) === value.text() })),
    ...selector
      .get("matchExpressions")
      .list()
      .map((expression) => {
        const key = expression.get("key").text() ?? "";
        return { key, fits: () => holds(expression, label(key)) };
      }),
  ];
  const known = asked.filter(({ key }) => namespace !== undefined || key === nameLabel);
  if (!known.every(({ fits }) => fits())) return false;
  return known.length === asked.length ? true : undefined;
}

function holds(expression: Value, own: string | undefined): boolean {
  const values = textsOf(expression.get("values"));
  switch (expression.get("operator").text()) {
    case "In":
      return own !== undefined && values.includes(own);
    case "NotIn":
      return own === undefined || !values.includes(own);
    case "Exists":
      return own !== undefined;
    default:
      return own === undefined;
  }
}

/** The kinds of routes that a listener takes; undefined for a protocol of somebody's own. */
export function kindsTaken(listener: Value): readonly string[] | undefined {
  const protocol = listener.get("protocol").text() ?? "";
  const served = kindsOf(protocol, listener.get("tls", "mode").text() ?? "Terminate");
  const allowed = listener.get("allowedRoutes", "kinds").list();
  if (served === undefined || allowed.length === 0) return served;
  const named = allowed
    .filter((entry) => (entry.get("group").text() ?? gatewayGroup) === gatewayGroup)
    .map((entry) => entry.get("kind").text() ?? "");
  return served.filter((kind) => named.includes(kind));
}

/** @see https://github.com/istio/istio/blob/1.31.0/pilot/pkg/config/kube/gatewaycommon/conversion.go */
function kindsOf(protocol: string, mode: string): readonly string[] | undefined {
  if (protocol === "HTTP" || protocol === "HTTPS") return ["HTTPRoute", "GRPCRoute"];
  if (protocol === "TCP") return ["TCPRoute"];
  if (protocol === "TLS") return mode === "Terminate" ? ["TLSRoute", "TCPRoute"] : ["TLSRoute"];
  return undefined;
}

/** How people call listeners: by their names. */
export function listenerNames(listeners: readonly Value[]): string[] {
  return listeners.map((listener) => listener.get("name").text() ?? "(unnamed)");
}
