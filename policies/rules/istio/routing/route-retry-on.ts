import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { routeName } from "../../../facts/istio/routes";

/** A route repeats only what may be carried out twice. */
export const routeRetryOn: Rule = {
  id: "IST-ROUTE-RETRY-ON",
  severity: "advisory",
  title: "a route retries on 5xx only where its methods may be repeated",
  why: "Envoy retries on 5xx whatever the method: an order that was placed before its answer got lost, or failed halfway, is placed again.",
  fix: "Keep such retries to routes that match GET, HEAD, PUT and DELETE, and leave Istio's own conditions to the others.",
  codes: [],
  docs: "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      // What leads to a delegate says which methods come there.
      if (rule.get("spec", "hosts").list().length === 0) return;
      check.each(rule.get("spec", "http").list(), (route) => {
        judge(route, check);
      });
    }),
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"]);

function judge(route: Value, check: Check): void {
  const retries = route.get("retries");
  const attempts = retries.get("attempts").number() ?? 0;
  const conditions = (retries.get("retryOn").text() ?? "").split(",").map((condition) => condition.trim());
  const wide = conditions.find((condition) => condition === "5xx" || condition === "500");
  if (attempts === 0 || wide === undefined) return;
  const matches = route.get("match").list();
  if (matches.length > 0 && matches.every((match) => isRepeatable(match.get("method")))) return;
  check.violation(retries.get("retryOn"), {
    message: `the route ${routeName(route)} retries on ${wide} whatever the method: a POST that was carried out before its answer got lost, or failed halfway, is sent up to ${attempts} more ${attempts === 1 ? "time" : "times"}.`,
    fix: "Take retryOn out (in a stack file retries.retryOn): Istio's own conditions are for what no application has carried out. Or match the methods that may be repeated, such as GET, in a route of their own.",
  });
}

/** Whether a condition takes only methods that may be repeated. */
function isRepeatable(method: Value): boolean {
  const exact = method.get("exact").text();
  if (exact !== undefined) return idempotent.has(exact);
  const [, alternatives = ""] = /^\^?\(?([A-Z|]+)\)?\$?$/.exec(method.get("regex").text() ?? "") ?? [];
  return alternatives !== "" && alternatives.split("|").every((one) => idempotent.has(one));
}
