import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { nameOf, namespaceOf } from "../istio/objects";
import { isPlacedByCommand } from "../kubernetes/names";
import { serviceOf } from "../istio/hosts";
import { isFilledByCharts } from "../istio/places";
import { destinationOf, type Destination } from "../istio/registry";
import { gatewayGroup, isCore, referenceOf, type Reference } from "./references";

/** The routes of the Gateway API that Istio serves. */
export const routeKinds = ["GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute"] as const;

export function routes(inventory: Inventory): readonly KubernetesObject[] {
  return inventory.once(collect);
}

function collect(inventory: Inventory): KubernetesObject[] {
  return routeKinds.flatMap((kind) => inventory.objects(kind));
}

/** What a route attaches to. */
export interface Parent {
  /** Its entry among the route's `parentRefs`. */
  readonly value: Value;
  readonly reference: Reference;
  readonly found:
    | { readonly kind: "gateway"; readonly gateway: KubernetesObject }
    /** Requests in the mesh to a Service or a ServiceEntry. */
    | { readonly kind: "mesh" }
    /** Nobody has it; of a route whose namespace isn't its file's to say, or of one of several namesakes, that isn't sure. */
    | { readonly kind: "missing"; readonly isSure: boolean }
    /** Others may have it, or it is of a kind that isn't Istio's to serve. */
    | { readonly kind: "elsewhere" };
}

/** The entries of a route's `parentRefs`: read each with {@link parentOf}. */
export function parentValues(route: KubernetesObject): readonly Value[] {
  return route.get("spec", "parentRefs").list();
}

/** What one of a route's `parentRefs` leads to. Throws if that is unknown. */
export function parentOf(value: Value, route: KubernetesObject, inventory: Inventory): Parent {
  const reference = referenceOf(value, route, { group: gatewayGroup, kind: "Gateway" });
  return { value, reference, found: lookUp(reference, route, inventory) };
}

function lookUp(reference: Reference, route: KubernetesObject, inventory: Inventory): Parent["found"] {
  const { group, kind, namespace, name } = reference;
  if (group === gatewayGroup && kind === "Gateway") {
    const gateway = inventory.find("KubernetesGateway", namespace, name);
    if (gateway) return { kind: "gateway", gateway };
    return missingGateway(reference, route, inventory) ?? { kind: "elsewhere" };
  }
  if (isCore(reference, "Service")) {
    const { kind: found } = serviceAt(reference, inventory);
    if (found === "missing") return { kind: "missing", isSure: true };
    return { kind: found === "elsewhere" ? "elsewhere" : "mesh" };
  }
  if (group === "networking.istio.io" && kind === "ServiceEntry") {
    if (inventory.find("ServiceEntry", namespace, name)) return { kind: "mesh" };
    const isMissing = inventory.missing("ServiceEntry", namespace, name) && !isFilledByCharts(inventory, namespace);
    return isMissing ? { kind: "missing", isSure: true } : { kind: "elsewhere" };
  }
  return { kind: "elsewhere" };
}

/**
 * A reference without a namespace, while the Gateway of that name is in another, is hardly ever meant: unless each namespace
 * has one of that name.
 */
function missingGateway({ namespace, name }: Reference, route: KubernetesObject, inventory: Inventory) {
  if (inventory.isOutside("KubernetesGateway", namespace, name) || isFilledByCharts(inventory, namespace))
    return undefined;
  if (inventory.missing("KubernetesGateway", namespace, name)) return { kind: "missing", isSure: true } as const;
  if (namespace !== namespaceOf(route)) return undefined;
  const astray = gatewaysNamed(name, inventory);
  if (astray.length === 0) return undefined;
  // One that is unknown may have this name, too, and then nobody can say which is meant.
  if (astray.length === 1) for (const gateway of inventory.objects("KubernetesGateway")) nameOf(gateway);
  return { kind: "missing", isSure: astray.length === 1 && !isPlacedByCommand(route) } as const;
}

/** Gateways of that name, in any namespace. Throws if none is known, but one may have it. */
export function gatewaysNamed(name: string, inventory: Inventory): readonly KubernetesObject[] {
  const gateways = inventory.objects("KubernetesGateway");
  const found = gateways.filter(({ knownName }) => knownName === name);
  return found.length > 0 ? found : gateways.filter((gateway) => nameOf(gateway) === name);
}

/** What a reference to a Service leads to, as a host of Istio's would. */
export function serviceAt({ namespace, name }: Reference, inventory: Inventory): Destination {
  const host = `${name}.${namespace}.svc.cluster.local`;
  // A name with a dot is none of a Service, and no other host is meant.
  return serviceOf(host, namespace) ? destinationOf(host, namespace, inventory) : { kind: "elsewhere" };
}

/** Whether a route attaches to a Gateway, or may do so: what is in the mesh only needs no ReferenceGrant. */
export function mayBeAtGateway(route: KubernetesObject): boolean {
  return parentValues(route).some(
    (value) => referenceOf(value, route, { group: gatewayGroup, kind: "Gateway" }).group === gatewayGroup,
  );
}

/** Where a route sends requests: the backends of its rules, those of mirrors among them. */
export function backendValues(rule: Value): readonly Value[] {
  const filtered = [rule, ...rule.get("backendRefs").list()].flatMap((holder) =>
    holder
      .get("filters")
      .list()
      .flatMap((filter) => {
        const mirror = filter.get("requestMirror", "backendRef");
        return mirror.isUnknown || mirror.exists ? [mirror] : [];
      }),
  );
  return [...rule.get("backendRefs").list(), ...filtered];
}
