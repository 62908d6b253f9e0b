import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { namespaceOf, textsOf } from "./objects";

/** A Gateway that a VirtualService names. */
export interface GatewayName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Gateway that a reference means, as istiod reads it: `ns/name`, `./name`, a name in the namespace it is written in, or,
 * of old, `name.ns` and `name.ns.svc.cluster.local`. Undefined for `mesh`, which is no Gateway.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/model/config.go
 */
export function namedGateway(reference: string, namespace: string): GatewayName | undefined {
  if (reference === "mesh") return undefined;
  const [first = "", second] = reference.split("/");
  if (second !== undefined) return { namespace: first === "." ? namespace : first, name: second };
  const [name = "", elsewhere = namespace] = first.split(".");
  return { namespace: elsewhere, name };
}

/** Whether a reference means a Gateway beside it. */
export function isShortName(reference: string): boolean {
  return reference !== "mesh" && (reference.startsWith("./") || !/[./]/.test(reference));
}

/** Whether a reference is written as istiod took it of old: `name.ns`. */
export function isOldName(reference: string): boolean {
  return !reference.includes("/") && reference.includes(".");
}

/** The gateways a VirtualService names, each where it stands; the mesh itself, if it names none. */
export function gatewayReferences(rule: KubernetesObject): { readonly value: Value; readonly reference: string }[] {
  const values = rule.get("spec", "gateways").list();
  if (values.length === 0) return [{ value: rule.get("spec", "gateways"), reference: "mesh" }];
  return values.map((value) => ({ value, reference: value.text() ?? "" }));
}

/** The Gateways here that a VirtualService is bound to. Throws if a name is unknown, or the namespace of a short one. */
export function gatewaysOf(rule: KubernetesObject, inventory: Inventory): KubernetesObject[] {
  return rule
    .get("spec", "gateways")
    .list()
    .flatMap((reference) => {
      const text = reference.text() ?? "";
      const name = namedGateway(text, isShortName(text) ? namespaceOf(rule) : "");
      return (name && findGateway(inventory, name)) ?? [];
    });
}

export function isInMesh(rule: KubernetesObject): boolean {
  return gatewayReferences(rule).some(({ reference }) => reference === "mesh");
}

/** The Gateway of that name, if it is here. */
export function findGateway(inventory: Inventory, { namespace, name }: GatewayName): KubernetesObject | undefined {
  return inventory.find("Gateway", namespace, name);
}

/** A host that a Gateway's server takes, for VirtualServices of a namespace, or of any (`*`). */
export interface ServerHost {
  readonly namespace: string;
  readonly host: string;
}

/** `shop/*.example.com`, `./*.example.com` and `*.example.com` as {@link ServerHost}. */
export function serverHost(text: string, gateway: KubernetesObject): ServerHost {
  const [first = "", second] = text.split("/");
  if (second === undefined) return { namespace: "*", host: first.toLowerCase() };
  return { namespace: first === "." ? namespaceOf(gateway) : first, host: second.toLowerCase() };
}

/** Whether two hosts have names in common; a leading `*` stands for any text. */
export function overlap(a: string, b: string): boolean {
  if (a === b) return true;
  const [wildA, wildB] = [a.startsWith("*"), b.startsWith("*")];
  if (wildA && wildB) return a.slice(1).endsWith(b.slice(1)) || b.slice(1).endsWith(a.slice(1));
  return (wildA && b.endsWith(a.slice(1))) || (wildB && a.endsWith(b.slice(1)));
}

/** The hosts that a Gateway takes for VirtualServices of a namespace. */
export function hostsTaken(gateway: KubernetesObject, from: string): ServerHost[] {
  return gateway
    .get("spec", "servers")
    .list()
    .flatMap((server) => textsOf(server.get("hosts")).map((host) => serverHost(host, gateway)))
    .filter(({ namespace }) => namespace === "*" || namespace === from);
}
