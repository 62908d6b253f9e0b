import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import { balancers, type Balancer } from "../../../facts/edge/balancer";
import { podsBehind } from "../../../facts/edge/connections";
import { chartWorkloads } from "../../../facts/istio/workloads";
import type { Workload } from "../../../facts/kubernetes/workload";
import { seconds } from "../../../facts/istio/durations";
import { proxyConfigOf } from "../../../facts/istio/proxy-config";

/** A gateway pod that stops serves on until the load balancer has let go of it. */
export const gatewayDrain: Rule = {
  id: "IST-GATEWAY-DRAIN",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "a stopping gateway pod serves on until the load balancer has let go of it",
  why: "With every rollout and scale-down, connections are cut that the load balancer still takes for good.",
  fix: "Make terminationDrainDuration as long as the deregistration delay, and terminationGracePeriodSeconds longer than both.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig",

  judge: (inventory, check) => {
    check.each(chartWorkloads(inventory), (pods) => {
      if (pods.release?.chart === "gateway") judgeGrace(pods, inventory, check);
    });
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      for (const pods of podsBehind(balancer, inventory)) judgeDelay(balancer, pods, inventory, check);
    });
  },
};

const istioDefault = "5s";
const kubernetesDefault = 30;

function judgeGrace(pods: Workload, inventory: Inventory, check: Check): void {
  const drain = drainOf(pods, inventory);
  const grace = pods.spec.get("terminationGracePeriodSeconds");
  const left = grace.number() ?? kubernetesDefault;
  if (drain === undefined || drain < left) return;
  check.violation(grace, {
    message: `pods are killed after ${left}s, though they want to serve on for ${drain}s when they stop (terminationDrainDuration): what is left then is cut.`,
    fix: `Set terminationGracePeriodSeconds to ${drain + 30}.`,
  });
}

function judgeDelay(balancer: Balancer, pods: Workload, inventory: Inventory, check: Check): void {
  // Such pods wait for the last connection instead.
  if (pods.spec.get("env", "EXIT_ON_ZERO_ACTIVE_CONNECTIONS").text() === "true") return;
  const text = balancer.map("target-group-attributes").get("deregistration_delay.timeout_seconds") ?? "300";
  // AWS-NLB-ANNOTATION-VALUE tells of what is no number.
  if (!/^\d+$/.test(text)) return;
  const delay = Number(text);
  const drain = drainOf(pods, inventory);
  if (drain === undefined || drain >= delay) return;
  check.violation(balancer.annotation("target-group-attributes"), {
    message: `keeps connections to a stopping pod for ${delay}s (deregistration delay), but the pods of ${pods.resource.label} go after ${drain}s (terminationDrainDuration): what is left then is cut.`,
    fix: `Set deregistration_delay.timeout_seconds=${drain}, or terminationDrainDuration to ${delay}s${balancer.setting("drain", " sets both")}.`,
  });
}

/** How long they serve on; undefined where that can't be seen. */
function drainOf(pods: Workload, inventory: Inventory): number | undefined {
  const config = proxyConfigOf(pods, inventory);
  const duration = config.get("terminationDrainDuration");
  if (duration === undefined && !config.isWhole) return undefined;
  return seconds(duration ?? istioDefault);
}
