import type { HelmRelease } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { eachRelease, valueOf, type Chart } from "../../../facts/kubernetes/charts";

/** What the whole cluster hangs on has two pods at least, and a budget that spares one at a time. */
export const chartReplicas: Rule = {
  id: "IST-CHART-REPLICAS",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "istiod, the gateway and the load balancer controller run twice at least, with a disruption budget",
  why: "Istio's charts run one pod each by default: while it moves, no pod starts with a sidecar, or nobody reaches the gateway.",
  fix: "Set the fewest replicas to 2 or more, and a disruption budget.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/best-practices/deployment/",

  judge: (inventory, check) =>
    eachRelease(inventory, check, ["istiod", "gateway", "aws-load-balancer-controller"], (release, chart) => {
      check.each([release], () => judgeReplicas(release, chart, check));
      check.each([release], () => judgeBudget(release, chart, check));
    }),
};

const consequences: Readonly<Partial<Record<Chart, string>>> = {
  istiod: "while it is replaced, no pod starts with a sidecar and no certificate is renewed",
  gateway: "while it is replaced, nobody reaches any application",
  "aws-load-balancer-controller": "while it is replaced, no pod becomes a target of a load balancer",
};

function judgeReplicas(release: HelmRelease, chart: Chart, check: Check): void {
  const { values } = release;
  // One pod a node, then.
  if (values.get("kind").text() === "DaemonSet") return;
  const at = fewest(values, chart);
  const count = at.number() ?? (at.keys.at(-1) === "replicaCount" && chart === "aws-load-balancer-controller" ? 2 : 1);
  if (count > 1) return;
  check.violation(at, {
    message: `${at.path} is ${at.exists ? count : `left at the chart's own, ${count}`}: ${consequences[chart] ?? ""}.`,
    fix: "Set it to 2 or more.",
  });
}

/** The value that says how few pods there may be. */
function fewest(values: Value, chart: Chart): Value {
  if (chart === "istiod") {
    const isScaled = valueOf(values, chart, "autoscaleEnabled").boolean() ?? true;
    return valueOf(values, chart, isScaled ? "autoscaleMin" : "replicaCount");
  }
  const isScaled = values.get("autoscaling", "enabled").boolean() ?? chart === "gateway";
  return isScaled ? values.get("autoscaling", "minReplicas") : values.get("replicaCount");
}

function judgeBudget(release: HelmRelease, chart: Chart, check: Check): void {
  const { values } = release;
  const budget =
    chart === "istiod"
      ? values.get("global", "defaultPodDisruptionBudget", "enabled")
      : values.get("podDisruptionBudget");
  // istiod has one unless it is told not to; the others have none.
  const isMissing = chart === "istiod" ? budget.boolean() === false : budget.entries().length === 0;
  if (!isMissing || values.get("kind").text() === "DaemonSet") return;
  check.violation(budget, {
    message: "has no disruption budget: an upgrade of the nodes may take away all its pods at once.",
    fix: chart === "istiod" ? `Set ${budget.path} to true.` : `Set ${budget.path} to {maxUnavailable: 1}.`,
  });
}
