import type { NetworkInput, NetworkSettings } from "./schema";
import { defaults } from "../defaults";
import { usableZones, zonesOf } from "./zones";

/** Chooses what the stack file leaves open, from the region. */
export function completeNetwork(network: NetworkInput, region: string): NetworkSettings {
  if (network.existing) return { existing: network.existing };
  return {
    cidr: network.cidr ?? defaults.network.cidr,
    zones:
      network.zones ?? (zonesOf(region) ?? []).slice(0, Math.min(defaults.network.zones, usableZones(region) ?? 0)),
    nat: network.nat ?? defaults.network.nat,
    flowLogs: network.flowLogs ?? defaults.network.flowLogs,
  };
}
