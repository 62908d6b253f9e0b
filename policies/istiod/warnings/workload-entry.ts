import type { Value } from "../../engine/value";
import { guarded, type Warn, type Warnings } from "../refuse";

export const warnWorkloadEntry: Warnings = (entry, warn, check) => {
  guarded(check, () => warnAddress(entry.get("spec"), warn));
};

/** Where a workload is. */
export function warnAddress(workload: Value, warn: Warn): void {
  const network = workload.get("network").text() ?? "";
  if (network === "" || workload.get("address").text()) return;
  warn(
    workload,
    `has the network "${network}" and no address: it is reached through that network's gateway alone.`,
    "Add address, if its proxies can be reached directly.",
  );
}
