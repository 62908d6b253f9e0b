import { groupBy, type Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import { namespaceOf } from "../istio/objects";
import { serversOf } from "../istio/servers";
import { workloads } from "../istio/workloads";
import { servicesOf } from "../kubernetes/selectors";
import type { Labels, Workload } from "../kubernetes/workload";
import { balancers, type Balancer } from "./balancer";
import { podsBehind } from "./connections";

/** Where a proxy answers whether it is healthy: a gateway's, and an application's sidecar too. */
const healthPort = 15021;

/** The gateways whose pods are made here, by what their pods run. */
export function gatewayWorkloads(inventory: Inventory): readonly Workload[] {
  return inventory.once(gatewaysByTheirPods);
}

function gatewaysByTheirPods(inventory: Inventory): readonly Workload[] {
  return workloads(inventory).filter(({ isGateway }) => isGateway);
}

/**
 * Whether a gateway is the mesh's way out, and no way in: its labels say so, or nothing but Services inside the cluster
 * leads to it. Throws if a Service that is unknown may lead to it.
 */
export function isWayOut(pods: Workload, inventory: Inventory): boolean {
  if (saysEgress(Object.fromEntries(pods.labels))) return true;
  const types = servicesOf(pods, inventory).map((service) => service.get("spec", "type").text() ?? "ClusterIP");
  const own = pods.release?.values.get("service", "type").text() ?? (pods.release ? "LoadBalancer" : "None");
  const all = [...types, own].filter((type) => type !== "None");
  return all.length > 0 && all.every((type) => type === "ClusterIP");
}

/** Whether labels are those of a way out: `istio: egressgateway`. */
export function saysEgress(labels: Labels): boolean {
  return Object.values(labels).some((value) => value.includes("egress"));
}

/**
 * Pods that are most likely meant by a Gateway: those behind a load balancer that leads to a proxy's health port, or else
 * behind one in its namespace that has each port of its servers. An application with a load balancer of its own may look
 * the same. Throws if something unknown may be one.
 */
export function likelyGateways(gateway: KubernetesObject, inventory: Inventory): readonly Workload[] {
  const healthy = inventory.once(workloadsWithHealthPort);
  return healthy.length > 0 ? healthy : workloadsBeside(gateway, inventory);
}

function workloadsWithHealthPort(inventory: Inventory): readonly Workload[] {
  return behind(balancers(inventory).filter(leadsToHealthPort), inventory);
}

function workloadsBeside(gateway: KubernetesObject, inventory: Inventory): readonly Workload[] {
  const wanted = serversOf(gateway).map(({ port }) => port);
  const beside = (inventory.once(byNamespace).get(namespaceOf(gateway)) ?? []).filter(
    (balancer) =>
      wanted.length > 0 &&
      wanted.every((number) => balancer.ports.some(({ port, targetPort }) => [port, targetPort].includes(number))),
  );
  return behind(beside, inventory);
}

function byNamespace(inventory: Inventory): ReadonlyMap<string, readonly Balancer[]> {
  return groupBy(
    balancers(inventory).filter(({ exists }) => exists),
    ({ namespace }) => namespace,
  );
}

function leadsToHealthPort(balancer: Balancer): boolean {
  if (!balancer.exists) return false;
  return (
    balancer.ports.some(({ port, targetPort }) => port === healthPort || targetPort === healthPort) ||
    balancer.annotation("healthcheck-port").text() === String(healthPort)
  );
}

function behind(found: readonly Balancer[], inventory: Inventory): Workload[] {
  return [...new Set(found.flatMap((balancer) => podsBehind(balancer, inventory)))];
}
