import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isLabel, isWildcardDomain } from "../facts/istio/domains";
import { textsOf } from "../facts/istio/objects";
import { eachIn, guarded, ifThere, type Refusals, type Refuse } from "./refuse";
import { labelFix, refuseDuration, refuseExportTo, refuseLabels } from "./values";

// Subsets of one name are IST-DESTINATION-ONCE's.
export const refuseDestinationRule: Refusals = (rule, refuse, check) => {
  check.each([rule.get("spec", "host")], (host) => {
    const text = host.text();
    if (text !== undefined && !isWildcardDomain(text))
      refuse(host, `has the host "${text}", which is none`, "Write a Service's name.");
  });
  ifThere(check, rule.get("spec", "trafficPolicy"), (policy) => refusePolicy(policy, refuse, check));
  eachIn(check, rule.get("spec", "subsets"), (subset) => {
    ifThere(check, subset.get("trafficPolicy"), (policy) => refusePolicy(policy, refuse, check));
    check.each([subset.get("labels")], (labels) => refuseLabels(labels, refuse));
    const name = subset.get("name").text();
    if (name !== undefined && !isLabel(name)) refuse(subset.get("name"), `has the subset "${name}"`, labelFix);
  });
  check.each([rule.get("spec", "exportTo")], (list) => {
    refuseExportTo(list, rule.namespace, refuse);
    const names = textsOf(list);
    const isItsOwn = (name: string) => name === "." || name === rule.namespace;
    if (names.some((name) => !isItsOwn(name)) && rule.get("spec", "workloadSelector").exists)
      refuse(list, "selects workloads and is exported to other namespaces", 'Write exportTo: ["."].');
  });
};

const parts = ["outlierDetection", "connectionPool", "loadBalancer", "tls"];
const wholeParts = [...parts, "portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"];

function refusePolicy(policy: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    if (policy.exists) refuseEmpty(policy, wholeParts, refuse);
  });
  guarded(check, () => {
    if (policy.get("tunnel").exists && policy.get("proxyProtocol").exists)
      refuse(policy, "has tunnel and proxyProtocol in one traffic policy", "Keep one of them.");
  });
  refuseParts(policy, refuse, check);
  eachIn(check, policy.get("portLevelSettings"), (settings) => {
    refuseParts(settings, refuse, check);
    refuseEmpty(settings, parts, refuse);
    if (!settings.get("port").exists) refuse(settings, "has settings for no port", "Add port with a number.");
  });
}

/** What is unknown may well be there. */
function refuseEmpty(policy: Value, keys: readonly string[], refuse: Refuse): void {
  if (!keys.some((key) => policy.get(key).isUnknown || policy.get(key).exists))
    refuse(policy, "has a traffic policy without anything in it", `Add one of ${keys.join(", ")}, or take it out.`);
}

function refuseParts(policy: Value, refuse: Refuse, check: Check): void {
  const outliers = policy.get("outlierDetection");
  const pool = policy.get("connectionPool");
  guarded(check, () => refuseOutliers(outliers, refuse));
  guarded(check, () => {
    if (pool.exists && !pool.get("http").exists && !pool.get("tcp").exists)
      refuse(pool, "has a connection pool without anything in it", "Add http or tcp, or take it out.");
  });
  const durations = [
    ...["baseEjectionTime", "interval"].map((key) => outliers.get(key)),
    ...["connectTimeout", "maxConnectionDuration"].map((key) => pool.get("tcp", key)),
    pool.get("http", "idleTimeout"),
  ];
  check.each(durations, (duration) => refuseDuration(duration, refuse));
  for (const [part, keys] of Object.entries(counts))
    check.each(keys, (key) => {
      const count = pool.get(part, key).number() ?? 0;
      if (count < 0) refuse(pool.get(part, key), `has ${key} ${count}`, "Write 0 or more.");
    });
  guarded(check, () => refuseTable(policy.get("loadBalancer", "consistentHash", "maglev"), refuse));
}

const counts = {
  tcp: ["maxConnections"],
  http: [
    "http1MaxPendingRequests",
    "http2MaxRequests",
    "maxRequestsPerConnection",
    "maxRetries",
    "maxConcurrentStreams",
  ],
};

function refuseOutliers(outliers: Value, refuse: Refuse): void {
  for (const key of ["maxEjectionPercent", "minHealthPercent"]) {
    const percent = outliers.get(key).number() ?? 0;
    if (percent < 0 || percent > 100)
      refuse(outliers.get(key), `has ${key} ${percent}`, "Write a number from 0 to 100.");
  }
  const failures = outliers.get("consecutiveLocalOriginFailures");
  if ((failures.number() ?? 0) > 0 && outliers.get("splitExternalLocalOriginErrors").boolean() !== true)
    refuse(
      failures,
      "counts consecutiveLocalOriginFailures and doesn't split them from others",
      "Set splitExternalLocalOriginErrors: true.",
    );
}

function refuseTable(maglev: Value, refuse: Refuse): void {
  if (!maglev.exists) return;
  const size = maglev.get("tableSize").number() ?? 0;
  if (!isPrime(size) || size >= 5_000_011)
    refuse(maglev, `has a Maglev table of ${size}`, "Write a prime number below 5000011, e.g. 65537.");
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return number > 1;
}
