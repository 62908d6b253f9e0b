import type { Value } from "../../engine/value";
import { eachIn, guarded, type Warn, type Warnings } from "../refuse";

// Deprecated settings are IST-DEPRECATED's.
export const warnDestinationRule: Warnings = (rule, warn, check) => {
  const own = rule.get("spec", "trafficPolicy");
  const judge = (policy: Value, inherited?: Value) => {
    guarded(check, () => {
      warnFailover(policy, inherited, warn);
    });
    // What a port's settings leave out isn't inherited.
    eachIn(check, policy.get("portLevelSettings"), (settings) => {
      warnFailover(settings, undefined, warn);
    });
  };
  judge(own);
  eachIn(check, rule.get("spec", "subsets"), (subset) => {
    judge(subset.get("trafficPolicy"), own);
  });
};

/** Traffic goes elsewhere when pods fail; who doesn't watch them sees none fail. */
function warnFailover(policy: Value, inherited: Value | undefined, warn: Warn): void {
  for (const setting of ["localityLbSetting", "zoneAwareLbSetting"])
    for (const key of ["failover", "failoverPriority"]) {
      const failover = policy.get("loadBalancer", setting, key);
      if (failover.list().length === 0) continue;
      if (policy.get("outlierDetection").exists || inherited?.get("outlierDetection").exists) return;
      warn(
        failover,
        `has ${key} and no outlierDetection: no pod ever counts as failed, so traffic never fails over.`,
        "Add outlierDetection to the same traffic policy, e.g. {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}.",
      );
      return;
    }
}
