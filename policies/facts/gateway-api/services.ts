import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import { unknown, type Path } from "../../engine/value";
import { Draft, indexesAt, isUnknownAt, rawAt, textAt } from "../charts/draft";

/**
 * The Services that Istio makes of Gateways, which have the Gateways' annotations and listeners' ports.
 *
 * @see https://github.com/istio/istio/blob/1.31.0/manifests/charts/istio-control/istio-discovery/files/kube-gateway.yaml
 */
export function gatewayServices(inventory: Inventory): readonly KubernetesObject[] {
  return inventory.once(collect);
}

function collect(inventory: Inventory): KubernetesObject[] {
  return inventory.objects("KubernetesGateway").flatMap((gateway) => {
    if (isMadeByHand(gateway) || isChanged(gateway)) return [];
    const isIstios = isOfIstio(gateway, inventory);
    return isIstios === false ? [] : [service(gateway, isIstios === undefined)];
  });
}

/** Gateways whose Services can't be seen, with what changes them: reads after "could not be judged because". */
export function hiddenServices(inventory: Inventory): { readonly resource: string; readonly reason: string }[] {
  return inventory
    .objects("KubernetesGateway")
    .filter((gateway) => isChanged(gateway) && !isMadeByHand(gateway) && isOfIstio(gateway, inventory) === true)
    .map(({ label }) => ({
      resource: label,
      reason: `${parameters.join(".")} changes the Service that Istio makes of it`,
    }));
}

const parameters = ["spec", "infrastructure", "parametersRef"] as const;

/** Whether a ConfigMap changes what Istio makes. */
function isChanged(gateway: KubernetesObject): boolean {
  return rawAt(gateway, parameters) !== undefined && !isUnknownAt(gateway, "spec", "infrastructure");
}

/** Whether its addresses name a Service that somebody else makes. */
function isMadeByHand(gateway: KubernetesObject): boolean {
  const addresses = indexesAt(gateway, "spec", "addresses");
  if (addresses.length > 1) return true;
  const type = rawAt(gateway, ["spec", "addresses", 0, "type"]);
  return addresses.length === 1 && type !== undefined && type !== "IPAddress";
}

/** Whether Istio makes a load balancer's Service of it: not of a waypoint's. Undefined if that is unknown. */
function isOfIstio(gateway: KubernetesObject, inventory: Inventory): boolean | undefined {
  const at = ["spec", "gatewayClassName"];
  if (isUnknownAt(gateway, ...at)) return undefined;
  const name = textAt(gateway, ...at) ?? "";
  const found = inventory.objects("GatewayClass").find(({ knownName }) => knownName === name);
  if (!found) return name === "istio";
  const controller = ["spec", "controllerName"];
  return isUnknownAt(found, ...controller) ? undefined : textAt(found, ...controller) === "istio.io/gateway-controller";
}

const serviceType = "networking.istio.io/service-type";
const nameOverride = "gateway.istio.io/name-override";

function service(gateway: KubernetesObject, isDoubtful: boolean): KubernetesObject {
  const suffix = textAt(gateway, "spec", "gatewayClassName") ?? "istio";
  const annotations: Path = ["spec", "infrastructure", "annotations"];
  const own: Path = ["metadata", "annotations"];
  const draft = new Draft(gateway)
    .put(["apiVersion"], "v1", [])
    .put(["kind"], "Service", [])
    .take(["metadata", "namespace"], ["metadata", "namespace"])
    .put(["metadata", "name"], `${gateway.name}-${suffix}`, ["metadata", "name"])
    .take(["metadata", "name"], [...own, nameOverride])
    .take(["metadata", "annotations"], annotations)
    .put(["spec", "type"], "LoadBalancer", [...own, serviceType])
    .take(["spec", "type"], [...own, serviceType])
    .put(["spec", "selector"], { "gateway.networking.k8s.io/gateway-name": gateway.name }, ["metadata", "name"]);
  // Istio copies the Gateway's own where it says nothing of the infrastructure's.
  if (rawAt(gateway, annotations) === undefined) draft.take(["metadata", "annotations"], own);
  putPorts(draft, gateway);
  if (isDoubtful) draft.put(["spec", "type"], unknown, ["spec", "gatewayClassName"]);
  const data = { ...gateway.data, urn: undefined, type: "kubernetes:core/v1:Service", properties: draft.properties };
  return new KubernetesObject(data, draft);
}

/** A port for each number among the listeners, and the one that tells whether the pods are ready. */
function putPorts(draft: Draft, gateway: KubernetesObject): void {
  const listeners: Path = ["spec", "listeners"];
  const ports = indexesAt(gateway, ...listeners)
    .map((index): Path => [...listeners, index])
    .map((at) => ({ at, name: rawAt(gateway, [...at, "name"]), port: rawAt(gateway, [...at, "port"]) }))
    .filter(({ port }, index, all) => all.findIndex((one) => one.port === port) === index);
  const status = { name: "status-port", port: 15021, protocol: "TCP" };
  const made = [...ports.map(({ name, port }) => ({ name, port, protocol: "TCP" })), status];
  draft.put(["spec", "ports"], isUnknownAt(gateway, ...listeners) ? unknown : made, listeners);
  for (const [index, { at }] of ports.entries()) draft.put(["spec", "ports", index], undefined, at);
}
