import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import { namespaceOf } from "../istio/objects";
import { serversOf } from "../istio/servers";
import { workloads } from "../istio/workloads";
import type { Workload } from "../kubernetes/workload";
import { balancers, type Balancer } from "./balancer";
import { podsBehind } from "./connections";

/** Where a proxy answers whether it is healthy: no application has it. */
const healthPort = 15021;

/**
 * The gateways whose pods are made here: by what their pods run, or else by a load balancer that leads to a proxy's
 * health port. Throws if there is none, but something unknown may make one.
 */
export function gatewayWorkloads(inventory: Inventory): readonly Workload[] {
  const sure = workloads(inventory).filter(({ isGateway, unknowns }) => isGateway && unknowns.length === 0);
  return sure.length > 0 ? sure : behind(balancers(inventory).filter(leadsToHealthPort), inventory);
}

/**
 * Pods that are most likely meant by a Gateway: those behind a load balancer in its namespace that has each port of
 * its servers. An application with a load balancer of its own may look the same.
 */
export function workloadsBeside(gateway: KubernetesObject, inventory: Inventory): readonly Workload[] {
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
