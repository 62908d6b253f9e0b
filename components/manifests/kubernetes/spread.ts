import type * as k8s from "@pulumi/kubernetes";

type TopologySpreadConstraint = k8s.types.input.core.v1.TopologySpreadConstraint;

/** Spreads pods over zones and nodes as far as there is room; a missing zone must not keep a pod from starting. */
export function spreadOverZones(matchLabels: Readonly<Record<string, string>>): TopologySpreadConstraint[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  }));
}
