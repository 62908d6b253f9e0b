import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";

/** TLS settings that a DestinationRule gives its clients. */
export interface ClientTls {
  readonly value: Value;
  readonly mode: string;
  /** The Service's port, if they are for that one only. */
  readonly port: number | undefined;
}

/** Every TLS setting of a DestinationRule: its own, its ports' and its subsets'. */
export function clientTls(rule: KubernetesObject): ClientTls[] {
  const policies = [
    rule.get("spec", "trafficPolicy"),
    ...rule
      .get("spec", "subsets")
      .list()
      .map((subset) => subset.get("trafficPolicy")),
  ];
  return policies.flatMap((policy) => {
    const ports = policy.get("portLevelSettings").list();
    const places = [
      { value: policy.get("tls"), port: undefined },
      ...ports.map((port) => ({ value: port.get("tls"), port: port.get("port", "number").number() })),
    ];
    return places.flatMap(({ value, port }) => (value.exists ? [{ value, port, mode: modeOf(value) }] : []));
  });
}

/** The first of Istio's modes is its default. */
function modeOf(tls: Value): string {
  return tls.get("mode").text() ?? "DISABLE";
}
