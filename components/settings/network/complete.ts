import type { NetworkInput, NetworkSettings } from "./schema";
import { defaults } from "../defaults";
import { zonesOf } from "./zones";

/** Chooses what the stack file leaves open, from the region. */
export function completeNetwork(network: NetworkInput, region: string): NetworkSettings {
  if (network.existing) return { existing: network.existing };
  return {
    cidr: network.cidr ?? defaults.network.cidr,
    // The region that an account sees fewer zones of than there are must name them.
    zones: network.zones ?? (zonesOf(region) ?? []).slice(0, defaults.network.zones),
    nat: network.nat ?? defaults.network.nat,
    flowLogs: network.flowLogs ?? defaults.network.flowLogs,
  };
}
