import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { meshConfig } from "../../../facts/istio/mesh";

/** A rewritten path has the slashes that it should. */
export const routeRewrite: Rule = {
  id: "IST-ROUTE-REWRITE",
  severity: "advisory",
  title: "a path prefix and what it is rewritten to both end with a slash, or neither does",
  why: "Envoy replaces the prefix as text: /api rewritten to / makes //users of /api/users, which many servers answer with 404.",
  fix: "Match /api/ as a prefix and /api exactly.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(rule.get("spec", "http").list(), (route) => {
        const to = route.get("rewrite", "uri").text() ?? "";
        if (to === "" || route.get("rewrite", "uriRegexRewrite").exists) return;
        check.each(route.get("match").list(), (match) => {
          judge(match.get("uri", "prefix"), to, inventory, check);
        });
      });
    }),
};

function judge(at: Value, to: string, inventory: Inventory, check: Check): void {
  const prefix = at.text() ?? "";
  // A prefix "/" is every path, and what it is rewritten to comes before the rest.
  if (prefix.length < 2) return;
  const wrong = wrongIn(prefix, to);
  if (wrong && !(to.endsWith("/") && mergesSlashes(inventory))) check.violation(at, wrong);
}

function wrongIn(prefix: string, to: string): Violation | undefined {
  if (!prefix.endsWith("/") && to.endsWith("/"))
    return {
      message: `prefix "${prefix}" is rewritten to "${to}" as text: ${prefix}/users arrives as ${to}/users, and ${prefix}users as ${to}users.`,
      fix: `Match [{uri: {exact: ${prefix}}}, {uri: {prefix: ${prefix}/}}] instead.`,
    };
  if (prefix.endsWith("/") && !to.endsWith("/"))
    return {
      message: `prefix "${prefix}" is rewritten to "${to}" as text: ${prefix}users arrives as ${to}users.`,
      fix: `Rewrite to "${to}/".`,
    };
  return undefined;
}

/** Whether the sidecar of whoever gets the request makes one slash of two. */
function mergesSlashes(inventory: Inventory): boolean {
  const normalization = meshConfig(inventory)?.get("pathNormalization", "normalization").text() ?? "";
  return normalization.endsWith("MERGE_SLASHES");
}
