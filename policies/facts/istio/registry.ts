import { isDomain } from "./domains";
import { podServiceOf, serviceOf, type ServiceName } from "./hosts";
import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { namespaceOf, textsOf } from "./objects";
import { KeyIndex } from "../key-index";
import { mayBeMade } from "../kubernetes/makers";
import { isServiceOfOthers } from "../pulumi/applications";
import { isFilledByCharts } from "./places";

/** What a host of Istio's leads to. */
export type Destination =
  | { readonly kind: "service"; readonly object: KubernetesObject; readonly service: ServiceName }
  /** Several ServiceEntries may have one host; it has the ports of all. */
  | { readonly kind: "entry"; readonly object: KubernetesObject; readonly all: readonly KubernetesObject[] }
  /** Surely nobody has it. */
  | { readonly kind: "missing"; readonly service: ServiceName }
  /** Surely nobody has it either: the name of a pod behind a Service that is here, which DNS knows and Istio doesn't. */
  | { readonly kind: "pod"; readonly object: KubernetesObject; readonly service: ServiceName }
  /** Others may have it: a Service in a namespace of theirs, a host outside the cluster. */
  | { readonly kind: "elsewhere" };

/** Where a host leads that is written in a namespace. Throws if something unknown may have it. */
export function destinationOf(host: string, namespace: string, inventory: Inventory): Destination {
  // IST-REFUSED reports what can't be a host.
  const service = isDomain(host) ? serviceOf(host, namespace) : undefined;
  const object = service && inventory.find("Service", service.namespace, service.name);
  if (service && object) return { kind: "service", object, service };
  const entries = serviceEntriesOf(fullName(host, namespace), inventory);
  const [entry] = entries;
  if (entry) return { kind: "entry", object: entry, all: entries };
  inventory.once(serviceEntries).assertKnown();
  const pod = podServiceOf(host);
  const behind = pod && inventory.find("Service", pod.namespace, pod.name);
  if (pod && behind && !inventory.isOutside("ServiceEntry", pod.namespace, "*"))
    return { kind: "pod", object: behind, service: pod };
  return service && isMissing(service, inventory) ? { kind: "missing", service } : { kind: "elsewhere" };
}

/** Services that a cluster with Istio has without anybody's manifests. */
const given = /^(kube-system\/.*|default\/kubernetes|istio-system\/istiod(-.*)?)$/;

function isMissing({ namespace, name }: ServiceName, inventory: Inventory): boolean {
  if (given.test(`${namespace}/${name}`) || isServiceOfOthers(inventory, namespace, name)) return false;
  if (!inventory.missing("Service", namespace, name) || isFilledByCharts(inventory, namespace)) return false;
  return !mayBeMade("Service", namespace, name, inventory);
}

/** The ServiceEntries that bring a host into the mesh. */
function serviceEntriesOf(host: string, inventory: Inventory): readonly KubernetesObject[] {
  const entries = inventory.once(serviceEntries);
  const labels = host.split(".");
  const wildcards = labels.slice(1).map((_, index) => ["*", ...labels.slice(index + 1)].join("."));
  for (const name of [host, ...wildcards]) {
    const found = entries.get(name);
    if (found.length > 0) return found;
  }
  return [];
}

/** ServiceEntries by their hosts. */
export function serviceEntries(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("ServiceEntry"), (entry) =>
    textsOf(entry.get("spec", "hosts")).map((host) => host.toLowerCase()),
  );
}

/** A short name is a Service of the namespace it is written in: `reviews` is `reviews.bookinfo.svc.cluster.local`. */
export function fullName(host: string, namespace: string): string {
  const service = serviceOf(host, namespace);
  return service ? `${service.name}.${service.namespace}.svc.cluster.local` : host.toLowerCase();
}

/**
 * The full name that `reviews.bookinfo` should have been: it works for a DNS client, but Istio completes names without a
 * dot only. Undefined for any other host.
 */
export function completeName(host: string, inventory: Inventory): string | undefined {
  const [name = "", namespace = "", ...rest] = host.split(".");
  if (namespace === "" || rest.length > 0 || !inventory.find("Service", namespace, name)) return undefined;
  return serviceEntriesOf(host, inventory).length > 0 ? undefined : `${name}.${namespace}.svc.cluster.local`;
}

/** The ports of what a host leads to. */
export function portsOf(found: Destination & { readonly kind: "service" | "entry" }): Value[] {
  if (found.kind === "entry") return found.all.flatMap((entry) => entry.get("spec", "ports").list());
  return found.object
    .get("spec", "ports")
    .list()
    .filter((port) => port.get("protocol").text() !== "UDP");
}

/** The number that routes and Gateways call a port by. */
export function portNumber(port: Value): number | undefined {
  return port.get("port").number() ?? port.get("number").number();
}

/** Namespaces that something is exported to: `*` for all. */
export function exportedTo(object: KubernetesObject): ReadonlySet<string> {
  const own = namespaceOf(object);
  const names =
    object.kind === "Service"
      ? (object.annotations.get("networking.istio.io/exportTo").text() ?? "*").split(",").map((name) => name.trim())
      : textsOf(object.get("spec", "exportTo"));
  return new Set(names.length === 0 ? ["*"] : names.map((name) => (name === "." ? own : name)));
}

/** Whether two of {@link exportedTo} have a namespace in common. */
export function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.has("~") || b.has("~")) return false;
  return a.has("*") || b.has("*") || [...a].some((name) => b.has(name));
}

/** Whether something is visible from a namespace. */
export function isVisible(object: KubernetesObject, from: string): boolean {
  const names = exportedTo(object);
  return names.has("*") || names.has(from);
}
