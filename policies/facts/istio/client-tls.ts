import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { overlap } from "./gateways";
import { serviceOf } from "./hosts";
import { nameOf, namespaceOf } from "./objects";
import { fullName } from "./registry";

/** TLS settings that a DestinationRule gives its clients. */
export interface ClientTls {
  readonly value: Value;
  readonly mode: string;
  /** The Service's port, if they are for that one only. */
  readonly port: number | undefined;
  /** Whether they are for a subset only. */
  readonly isOfSubset: boolean;
}

/** Every TLS setting of a DestinationRule: its own, its ports' and its subsets'. */
export function clientTls(rule: KubernetesObject): ClientTls[] {
  const subsets = rule.get("spec", "subsets").list();
  return [
    ...tlsIn(rule.get("spec", "trafficPolicy"), false),
    ...subsets.flatMap((subset) => tlsIn(subset.get("trafficPolicy"), true)),
  ];
}

function tlsIn(policy: Value, isOfSubset: boolean): ClientTls[] {
  const ports = policy.get("portLevelSettings").list();
  const places = [
    { value: policy.get("tls"), port: undefined },
    ...ports.map((port) => ({ value: port.get("tls"), port: port.get("port", "number").number() })),
  ];
  return places.flatMap(({ value, port }) => (value.exists ? [{ value, port, mode: modeOf(value), isOfSubset }] : []));
}

/** The first of Istio's modes is its default. */
function modeOf(tls: Value): string {
  return tls.get("mode").text() ?? "DISABLE";
}

/** What clients speak in a mode that isn't the mesh's own. */
export function spoken(mode: string): string {
  return mode === "DISABLE" ? "plain text" : `TLS of their own (${mode})`;
}

/** The Services here that a DestinationRule's host means. */
export function servicesFor(rule: KubernetesObject, inventory: Inventory): KubernetesObject[] {
  const host = fullName(rule.get("spec", "host").text() ?? "", namespaceOf(rule));
  const service = serviceOf(host, "");
  if (service) return [inventory.find("Service", service.namespace, service.name)].filter((one) => one !== undefined);
  if (!host.startsWith("*")) return [];
  return inventory
    .objects("Service")
    .filter((one) => overlap(host, `${nameOf(one) ?? one.name}.${namespaceOf(one)}.svc.cluster.local`));
}
