import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import { namespaceOf } from "../istio/objects";
import { serversOf } from "../istio/servers";
import { workloads } from "../istio/workloads";
import type { Workload } from "../kubernetes/workload";
import { balancers, type Balancer } from "./balancer";
import { podsBehind } from "./connections";

/** Where a proxy answers whether it is healthy: a gateway's, and an application's sidecar too. */
const healthPort = 15021;

/** The gateways whose pods are made here, by what their pods run. */
export function gatewayWorkloads(inventory: Inventory): readonly Workload[] {
  return inventory.once(gatewaysByTheirPods);
}

function gatewaysByTheirPods(inventory: Inventory): readonly Workload[] {
  // Where they are makes no difference to what they are.
  return workloads(inventory).filter(
    ({ isGateway, unknowns }) => isGateway && unknowns.every(({ about }) => about === "namespace"),
  );
}

/**
 * Pods that are most likely meant by a Gateway: those behind a load balancer that leads to a proxy's health port, or else
 * behind one in its namespace that has each port of its servers. An application with a load balancer of its own may look
 * the same. Throws if something unknown may be one.
 */
export function likelyGateways(gateway: KubernetesObject, inventory: Inventory): readonly Workload[] {
  const healthy = behind(balancers(inventory).filter(leadsToHealthPort), inventory);
  return healthy.length > 0 ? healthy : workloadsBeside(gateway, inventory);
}

function workloadsBeside(gateway: KubernetesObject, inventory: Inventory): readonly Workload[] {
  const wanted = serversOf(gateway).map(({ port }) => port);
  const beside = balancers(inventory).filter(
    (balancer) =>
      balancer.exists &&
      balancer.namespace === namespaceOf(gateway) &&
      wanted.length > 0 &&
      wanted.every((number) => balancer.ports.some(({ port, targetPort }) => [port, targetPort].includes(number))),
  );
  return behind(beside, inventory);
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
