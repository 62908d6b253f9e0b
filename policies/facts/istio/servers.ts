import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { serverHost } from "./gateways";
import { controlPlanes } from "./control-planes";
import { isAnother, namespaceOf, textsOf } from "./objects";
import { podTemplates } from "../kubernetes/pods";
import { assertKnown, contains, type Selection } from "../kubernetes/selection";
import { servicesOf } from "../kubernetes/selectors";
import type { Workload } from "../kubernetes/workload";
import { selected } from "./workloads";

/** The pods that a Gateway configures, in any namespace unless istiod is told otherwise. */
export function proxiesOf(gateway: KubernetesObject, inventory: Inventory): Selection {
  const labels = gateway.get("spec", "selector").texts();
  const everywhere = selected(inventory, labels);
  const isApart = everywhere.found.some(({ namespace }) => namespace !== undefined && namespace !== gateway.namespace);
  return isApart && isScoped(inventory) ? selected(inventory, labels, namespaceOf(gateway)) : everywhere;
}

/** Whether pods of a namespace are out of a Gateway's reach, whatever labels they carry. */
export function isBeyond(gateway: KubernetesObject, namespace: string, inventory: Inventory): boolean {
  return namespace !== gateway.namespace && isScoped(inventory) && namespace !== namespaceOf(gateway);
}

/**
 * Whether Gateways configure pods of their own namespace only.
 *
 * @see https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars
 */
function isScoped(inventory: Inventory): boolean {
  return inventory.once(readScope);
}

function readScope(inventory: Inventory): boolean {
  const name = "PILOT_SCOPE_GATEWAY_TO_NAMESPACE";
  const inCharts = controlPlanes(inventory).flatMap(({ values }) => [
    values.get("env", name),
    values.get("pilot", "env", name),
  ]);
  const containers = podTemplates(inventory, "Deployment")
    .filter(({ labels }) => labels.get("app") === "istiod")
    .flatMap(({ spec }) => spec.get("containers").list());
  const inPods = containers
    .flatMap((container) => container.get("env").list())
    .filter((one) => one.get("name").text() === name)
    .map((one) => one.get("value"));
  return [...inCharts, ...inPods].some((value) => (value.text() ?? String(value.boolean())) === "true");
}

/** A server of a Gateway, with what decides whether it gets in the way of another. */
export interface Server {
  readonly gateway: KubernetesObject;
  readonly value: Value;
  readonly port: number;
  readonly bind: string;
  readonly family: Family;
  readonly redirects: boolean;
  /** The namespace it takes VirtualServices from (`*` for any), a slash, the host. */
  readonly hosts: readonly string[];
}

/** What Istio puts on one port together: HTTP with HTTP, TLS with TLS. */
export type Family = "HTTP" | "TLS" | "TCP";

/** The servers of a Gateway; those without a port are for the schema to refuse. */
export function serversOf(gateway: KubernetesObject): Server[] {
  return gateway
    .get("spec", "servers")
    .list()
    .flatMap((value) => {
      const port = value.get("port", "number").number();
      if (port === undefined) return [];
      const tls = value.get("tls");
      const hosts = textsOf(value.get("hosts")).map((text) => serverHost(text, gateway));
      return [
        {
          gateway,
          value,
          port,
          bind: value.get("bind").text() ?? "",
          family: familyOf(value.get("port", "protocol").text() ?? "HTTP"),
          redirects: tls.get("httpsRedirect").boolean() ?? false,
          hosts: hosts.map(({ namespace, host }) => `${namespace}/${host}`),
        },
      ];
    });
}

export function familyOf(protocol: string): Family {
  if (["HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB"].includes(protocol.toUpperCase())) return "HTTP";
  return ["HTTPS", "TLS"].includes(protocol.toUpperCase()) ? "TLS" : "TCP";
}

/** Whether they stand in two places. */
export function isOther(a: Server, b: Server): boolean {
  return a.gateway === b.gateway ? a.value.keys.join() !== b.value.keys.join() : isAnother(a.gateway, b.gateway);
}

/** Whether two Gateways configure the same pods. */
export function sharePods(a: KubernetesObject, b: KubernetesObject, inventory: Inventory): boolean {
  const [own, other] = [a.get("spec", "selector").texts(), b.get("spec", "selector").texts()];
  const labels = new Map(Object.entries(own));
  if (a.namespace !== b.namespace && isScoped(inventory) && namespaceOf(a) !== namespaceOf(b)) return false;
  if (labels.size === Object.keys(other).length && contains(labels, other)) return true;
  if (Object.entries(own).some(([key, value]) => key in other && other[key] !== value)) return false;
  const both = selected(inventory, { ...own, ...other });
  if (both.found.length === 0) assertKnown(both);
  return both.found.length > 0;
}

/** What forwards to a gateway's pods: ports of Services, and of the chart's own. */
interface Entrance {
  readonly label: string;
  /** The number that a Gateway may call it by. */
  readonly ports: readonly number[];
}

/** The Services in front of a workload's pods. Throws if one that is unknown may be one more. */
export function entrancesOf(workload: Workload, inventory: Inventory): Entrance[] {
  const fitting = servicesOf(workload, inventory);
  const own = workload.release && chartEntrance(workload.release);
  return [...(own ? [own] : []), ...fitting.map(entrance)];
}

function entrance(service: KubernetesObject): Entrance {
  return { label: service.label, ports: service.get("spec", "ports").list().flatMap(numbersOf) };
}

/** The ports at which pods take connections on their node, without any Service; undefined where that is each of them. */
export function nodePortsOf({ template, spec }: Workload): readonly number[] | undefined {
  if (!template) return [];
  if (spec.get("hostNetwork").boolean() === true) return undefined;
  const ports = spec
    .get("containers")
    .list()
    .flatMap((container) => container.get("ports").list());
  return ports
    .filter((port) => port.get("hostPort").exists)
    .flatMap((port) => port.get("containerPort").number() ?? []);
}

/** Istio takes the Service's number, or the container's that it leads to. */
function numbersOf(port: Value): number[] {
  const [number, target] = [port.get("port").number(), port.get("targetPort").number()];
  return [number, target].filter((one) => one !== undefined);
}

/** @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml */
function chartEntrance(release: HelmRelease): Entrance | undefined {
  const service = release.values.get("service");
  if (service.get("type").text() === "None") return undefined;
  const ports = service.get("ports").list();
  return { label: `the Service of ${release.label}`, ports: ports.length > 0 ? ports.flatMap(numbersOf) : [80, 443] };
}
