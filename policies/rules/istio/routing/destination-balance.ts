import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import type { Value } from "../../../engine/value";

/** Settings of a load balancer that depend on others have these. */
export const destinationBalance: Rule = {
  id: "IST-DESTINATION-BALANCE",
  severity: "advisory",
  title: "failover has outlier detection, and warm-up a load balancer that knows it",
  why: "Istio passes over both otherwise: when a zone fails requests still go there, and a pod that has just started gets its full share at once.",
  fix: "Add outlierDetection; use ROUND_ROBIN or LEAST_REQUEST with warmup.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const whole = rule.get("spec", "trafficPolicy");
      judgePolicy(whole, whole, check);
      check.each(rule.get("spec", "subsets").list(), (subset) => {
        judgePolicy(subset.get("trafficPolicy"), whole, check);
      });
    }),
};

/** A subset takes over what its own policy doesn't say; a port takes over nothing. */
function judgePolicy(policy: Value, whole: Value, check: Check): void {
  const isDetected = [policy, whole].some((one) => one.get("outlierDetection").exists);
  judge(policy.get("loadBalancer"), isDetected, check);
  check.each(policy.get("portLevelSettings").list(), (port) => {
    judge(port.get("loadBalancer"), port.get("outlierDetection").exists, check);
  });
}

function judge(balancer: Value, isDetected: boolean, check: Check): void {
  for (const key of ["localityLbSetting", "zoneAwareLbSetting"]) {
    const setting = balancer.get(key);
    const failover = ["failover", "failoverPriority"].map((name) => setting.get(name));
    const given = failover.find((one) => one.list().length > 0);
    if (!given || setting.get("enabled").boolean() === false || isDetected) continue;
    check.violation(given, {
      ...wrongValue(given),
      message:
        "failover without outlierDetection does nothing: proxies don't find out what fails, and spread requests over all localities alike.",
      fix: "Add outlierDetection beside the load balancer, e.g. {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}.",
    });
  }
  judgeWarmup(balancer, check);
}

/** @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/cluster_traffic_policy.go */
function judgeWarmup(balancer: Value, check: Check): void {
  const warmup = ["warmup", "warmupDurationSecs"].map((key) => balancer.get(key)).find((value) => value.exists);
  if (!warmup) return;
  const simple = balancer.get("simple").text() ?? "";
  const other = balancer.get("consistentHash").exists ? "consistentHash" : simple;
  if (!["consistentHash", "RANDOM", "PASSTHROUGH"].includes(other)) return;
  check.violation(warmup, {
    message: `warm-up does nothing with ${other}: a pod that has just started gets its full share at once.`,
    fix: `Take it out, or use ROUND_ROBIN or LEAST_REQUEST instead of ${other}.`,
  });
}
