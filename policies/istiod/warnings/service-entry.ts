import { isPartialWildcard } from "../../facts/istio/domains";
import { eachIn, guarded, type Warnings } from "../refuse";
import { warnAddress } from "./workload-entry";

// TCP without addresses is IST-ENTRY-ADDRESS's.
export const warnServiceEntry: Warnings = (entry, warn, check) => {
  const spec = entry.get("spec");
  const resolution = () => spec.get("resolution").text() ?? "NONE";
  eachIn(check, spec.get("hosts"), (host) => {
    const text = host.text() ?? "";
    if (isPartialWildcard(text) && resolution() !== "DYNAMIC_DNS")
      warn(
        host,
        `has the host "${text}", whose wildcard is for part of a label: nothing matches it.`,
        'Write "*." before a name, or name each host.',
      );
  });
  guarded(check, () => {
    if (resolution() === "NONE" && spec.get("workloadSelector").exists)
      warn(
        spec.get("workloadSelector"),
        "selects workloads and has the resolution NONE, which sends requests to the address that they are for, not to these.",
        "Write resolution: STATIC, or take workloadSelector out.",
      );
  });
  guarded(check, () => {
    if (!/^DNS(_ROUND_ROBIN)?$/.test(resolution()) || spec.get("addresses").list().length === 0) return;
    const count = spec.get("hosts").list().length;
    const port = spec
      .get("ports")
      .list()
      .find((one) => /^(TCP|MONGO|REDIS|MYSQL|HTTPS|TLS)$/i.test(one.get("protocol").text() ?? ""));
    if (count > 1 && port)
      warn(
        spec.get("addresses"),
        `has addresses, ${count} hosts and a port of protocol ${port.get("protocol").text() ?? ""}: by the address alone, nothing tells the hosts apart.`,
        "Write a ServiceEntry for each host, or take addresses out.",
      );
  });
  eachIn(check, spec.get("endpoints"), (endpoint) => {
    if (resolution() === "STATIC") warnAddress(endpoint, warn);
  });
};
