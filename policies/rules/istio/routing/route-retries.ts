import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { milliseconds } from "../../../facts/istio/durations";
import { routeName } from "../../../facts/istio/routes";

/** A route's tries fit into its timeout. */
export const routeRetries: Rule = {
  id: "IST-ROUTE-RETRIES",
  severity: "advisory",
  title: "a route's tries fit into its timeout",
  why: "The timeout covers all tries together: what doesn't fit never happens, and without perTryTimeout the first slow try uses up everything.",
  fix: "Keep (1 + attempts) × perTryTimeout within timeout.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(rule.get("spec", "http").list(), (route) => {
        judge(route, check);
      });
    }),
};

function judge(route: Value, check: Check): void {
  const attempts = route.get("retries", "attempts").number();
  const timeout = milliseconds(route.get("timeout"));
  if (attempts === undefined || attempts === 0 || timeout === undefined || timeout === 0) return;
  const each = milliseconds(route.get("retries", "perTryTimeout"));
  const whole = route.get("timeout").text() ?? "";
  if (each === undefined) {
    check.violation(route.get("retries"), {
      message: `the route ${routeName(route)} tries up to ${attempts + 1} times within ${whole} and sets no perTryTimeout: the first slow try uses up all of it.`,
      fix: `Set perTryTimeout, e.g. ${Math.floor(timeout / (attempts + 1))}ms.`,
    });
    return;
  }
  if ((1 + attempts) * each <= timeout) return;
  const fitting = Math.floor(timeout / each);
  check.violation(route.get("retries"), {
    message: `${attempts + 1} tries of ${route.get("retries", "perTryTimeout").text() ?? ""} in the route ${routeName(route)} don't fit into its timeout of ${whole}: ${fitting < 2 ? "no try but the first" : `only ${fitting}`} can finish.`,
    fix: `Set attempts to ${Math.max(fitting - 1, 0)}, perTryTimeout to ${Math.floor(timeout / (attempts + 1))}ms, or timeout to ${((1 + attempts) * each) / 1000}s.`,
  });
}
