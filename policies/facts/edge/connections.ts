import { append, groupBy, type Inventory } from "../../engine/inventory";
import { podTemplates } from "../kubernetes/pods";
import type { HelmRelease, KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { balancers, type Balancer, type BalancerPort } from "./balancer";
import { gatewayReleases, releaseLabels, releaseNamespace } from "../istio/gateway-chart";

type Labels = Readonly<Record<string, string>>;

/** Pods that may be a gateway's: a chart's, or a workload's. */
export interface Pods {
  readonly resource: HelmRelease | KubernetesObject;
  readonly annotations: Value;
  /** `terminationGracePeriodSeconds` stands in it. */
  readonly spec: Value;
  /** Whether something is unknown that their labels or their namespace come from. */
  readonly isUnclear: boolean;
  /** Throws if they are unknown. */
  labels(): Labels;
  /** Throws if it is unknown. */
  namespace(): string | undefined;
}

/** The pods of gateway charts: judge each in `check.each`. */
export function chartPods(inventory: Inventory): readonly Pods[] {
  return inventory.once(podsOfCharts);
}

function podsOfCharts(inventory: Inventory): Pods[] {
  return gatewayReleases(inventory).map((resource) => ({
    resource,
    annotations: resource.values.get("podAnnotations"),
    spec: resource.values,
    isUnclear:
      [resource.get("chart"), resource.get("name"), resource.get("namespace"), resource.values.get("name")].some(
        (value) => value.isUnknown,
      ) || hasUnknown(resource.values.get("labels")),
    labels: () => (resource.chart === "gateway" ? releaseLabels(resource) : {}),
    namespace: () => releaseNamespace(resource),
  }));
}

function podsOfWorkloads(inventory: Inventory): ReadonlyMap<string, readonly Pods[]> {
  const pods = podTemplates(inventory).map(({ resource, template }): Pods => ({
    resource,
    annotations: template.get("metadata", "annotations"),
    spec: template.get("spec"),
    isUnclear: hasUnknown(template.get("metadata", "labels")),
    labels: () => template.get("metadata", "labels").texts(),
    namespace: () => resource.namespace,
  }));
  return groupBy(pods, ({ resource }) => (resource as KubernetesObject).namespace);
}

/** Whether some labels have all of others. */
export function includes(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** The pods behind a load balancer that can be seen here. Throws if a label that decides is unknown. */
export function podsBehind(balancer: Balancer, inventory: Inventory): readonly Pods[] {
  return inventory.memo(balancer, findPods);
}

function findPods(balancer: Balancer, inventory: Inventory): readonly Pods[] {
  if (balancer.isChart) return chartPods(inventory).filter(({ resource }) => resource === balancer.resource);
  const selector = balancer.selector;
  if (Object.keys(selector).length === 0) return [];
  const { namespace } = balancer;
  return [
    ...chartPods(inventory).filter((pods) => pods.namespace() === namespace && includes(pods.labels(), selector)),
    ...(inventory.once(podsOfWorkloads).get(namespace) ?? []).filter((pods) => includes(pods.labels(), selector)),
  ];
}

/**
 * The load balancers whose pods a Gateway configures. Throws if a selector that decides is unknown.
 *
 * Pods connect the two where they can be seen; else one selector must be part of the other.
 */
export function balancersOf(gateway: KubernetesObject, inventory: Inventory): readonly Balancer[] {
  return inventory.memo(gateway, findBalancers);
}

function findBalancers(gateway: KubernetesObject, inventory: Inventory): readonly Balancer[] {
  const wanted = gateway.get("spec", "selector").texts();
  const { byLabel, unclear } = inventory.once(indexed);
  const pairs = Object.entries(wanted).map(([key, value]) => `${key}=${value}`);
  const candidates = pairs.length > 0 ? pairs.flatMap((pair) => byLabel.get(pair) ?? []) : balancers(inventory);
  // What is unknown about these is told by reading it.
  return [...new Set([...candidates, ...unclear])].filter((balancer) => {
    if (!balancer.exists) return false;
    const selector = balancer.selector;
    if (includes(selector, wanted) || (Object.keys(selector).length > 0 && includes(wanted, selector))) return true;
    return podsBehind(balancer, inventory).some((pods) => includes(pods.labels(), wanted));
  });
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
    const labels = [balancer.selector, ...podsBehind(balancer, inventory).map((pods) => pods.labels())];
    const pairs = new Set(labels.flatMap((one) => Object.entries(one).map(([key, value]) => `${key}=${value}`)));
    for (const pair of pairs) append(byLabel, pair, balancer);
  }
  return { byLabel, unclear };
}

/** Whether anything is unknown that says which pods stand behind a load balancer. */
function isUnclear(balancer: Balancer, inventory: Inventory): boolean {
  if (balancer.spec.get("type").isUnknown) return true;
  const charts = chartPods(inventory).filter(({ resource }) => !balancer.isChart || resource === balancer.resource);
  if (charts.some((pods) => pods.isUnclear)) return true;
  if (balancer.isChart) return false;
  if (balancer.resource.get("metadata", "namespace").isUnknown || hasUnknown(balancer.spec.get("selector")))
    return true;
  return (inventory.once(podsOfWorkloads).get(balancer.namespace) ?? []).some((pods) => pods.isUnclear);
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
