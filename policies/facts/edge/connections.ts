import { append, type Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { isBeyond, proxiesOf } from "../istio/servers";
import { selectedInCluster, workloadOfRelease } from "../istio/workloads";
import { assertKnown, contains, nothing, type Selection } from "../kubernetes/selection";
import type { Labels, Workload } from "../kubernetes/workload";
import { balancers, type Balancer, type BalancerPort } from "./balancer";

/** The pods behind a load balancer that can be seen here. Throws if a label that decides is unknown. */
export function podsBehind(balancer: Balancer, inventory: Inventory): readonly Workload[] {
  return inventory.memo(balancer, findPods);
}

function findPods(balancer: Balancer, inventory: Inventory): readonly Workload[] {
  const behind = selectionOf(balancer, inventory);
  assertKnown(behind);
  // Charts first: what reports one of several names these.
  return [...behind.found].sort((a, b) => Number(b.release !== undefined) - Number(a.release !== undefined));
}

function selectionOf(balancer: Balancer, inventory: Inventory): Selection {
  if (!balancer.isChart) return selectedInCluster(inventory, balancer.selector, balancer.namespace);
  const own = workloadOfRelease(inventory, balancer.resource);
  return own ? { found: [own], unknowns: [] } : nothing;
}

/**
 * The load balancers whose pods a Gateway configures. Throws if a selector that decides is unknown.
 *
 * A Service's selector that has all of the Gateway's labels connects the two, and so do pods where they can be seen. Where
 * nobody sees them, the Service's selector must be part of the Gateway's, and the Gateway's pods not known to be elsewhere.
 */
export function balancersOf(gateway: KubernetesObject, inventory: Inventory): readonly Balancer[] {
  return inventory.memo(gateway, findBalancers);
}

function findBalancers(gateway: KubernetesObject, inventory: Inventory): readonly Balancer[] {
  const wanted = gateway.get("spec", "selector").texts();
  const { byLabel, unclear } = inventory.once(indexed);
  const pairs = Object.entries(wanted).map(([key, value]) => `${key}=${value}`);
  const candidates = pairs.length > 0 ? pairs.flatMap((pair) => byLabel.get(pair) ?? []) : balancers(inventory);
  // Reading these throws what is unknown about them.
  return [...new Set([...candidates, ...unclear])].filter((balancer) => {
    if (!balancer.exists) return false;
    const selector = balancer.selector;
    const isConnected =
      contains(new Map(Object.entries(selector)), wanted) || leadsTo(balancer, wanted, gateway, inventory);
    return isConnected && !isBeyond(gateway, balancer.namespace, inventory);
  });
}

function leadsTo(balancer: Balancer, wanted: Labels, gateway: KubernetesObject, inventory: Inventory): boolean {
  const { selector, namespace } = balancer;
  const pods = podsBehind(balancer, inventory);
  if (pods.length > 0) return pods.some((one) => one.carries(wanted));
  if (Object.keys(selector).length === 0 || !contains(new Map(Object.entries(wanted)), selector)) return false;
  const proxies = proxiesOf(gateway, inventory);
  if (proxies.found.length === 0 || proxies.found.some((proxy) => proxy.namespace === namespace)) return true;
  assertKnown(proxies);
  return false;
}

interface Index {
  readonly byLabel: ReadonlyMap<string, readonly Balancer[]>;
  /** Those of which a label is unknown. */
  readonly unclear: readonly Balancer[];
}

function indexed(inventory: Inventory): Index {
  const byLabel = new Map<string, Balancer[]>();
  const unclear: Balancer[] = [];
  for (const balancer of balancers(inventory)) {
    if (isUnclear(balancer, inventory)) {
      unclear.push(balancer);
      continue;
    }
    const labels = [
      ...Object.entries(balancer.selector),
      ...podsBehind(balancer, inventory).flatMap((pods) => [...pods.labels]),
    ];
    const pairs = new Set(labels.map((pair) => pair.join("=")));
    for (const pair of pairs) append(byLabel, pair, balancer);
  }
  return { byLabel, unclear };
}

/** Whether anything is unknown about a load balancer's own labels, or about its pods'. */
function isUnclear(balancer: Balancer, inventory: Inventory): boolean {
  const { resource, spec, isChart } = balancer;
  if (spec.get("type").isUnknown) return true;
  if (!isChart && (resource.get("metadata", "namespace").isUnknown || hasUnknown(spec.get("selector")))) return true;
  const { found, unknowns } = selectionOf(balancer, inventory);
  return unknowns.length > 0 || found.some((pods) => pods.unknowns.length > 0);
}

/** Whether a map, or one of its values, is unknown. */
function hasUnknown(value: Value): boolean {
  return value.isUnknown || value.entries().some(([, inner]) => inner.isUnknown);
}

/** The Gateways whose pods a load balancer leads to. Throws if a selector that decides is unknown. */
export function gatewaysBehind(balancer: Balancer, inventory: Inventory): readonly KubernetesObject[] {
  const { byBalancer, unclear } = inventory.once(reversed);
  const others = unclear.filter((gateway) => balancersOf(gateway, inventory).includes(balancer));
  return [...(byBalancer.get(balancer) ?? []), ...others];
}

interface Reversed {
  readonly byBalancer: ReadonlyMap<Balancer, readonly KubernetesObject[]>;
  /** Those which something unknown may lead to. */
  readonly unclear: readonly KubernetesObject[];
}

function reversed(inventory: Inventory): Reversed {
  const byBalancer = new Map<Balancer, KubernetesObject[]>();
  const unclear: KubernetesObject[] = [];
  const isVague = inventory.once(indexed).unclear.length > 0;
  for (const gateway of inventory.objects("Gateway")) {
    if (isVague || hasUnknown(gateway.get("spec", "selector"))) unclear.push(gateway);
    else for (const balancer of balancersOf(gateway, inventory)) append(byBalancer, balancer, gateway);
  }
  return { byBalancer, unclear };
}

/**
 * The listeners that lead to a Gateway's server. Its port is a Service's; where no Service has it, it is the pods' own.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Port
 */
export function listenersOf(server: Value, balancer: Balancer): readonly BalancerPort[] {
  const number = server.get("port", "number").number();
  const translated = balancer.ports.filter(({ port }) => port === number);
  return translated.length > 0 ? translated : balancer.ports.filter(({ targetPort }) => targetPort === number);
}
