import type { Rule } from "../../../engine/rule";
import { listed } from "../../../facts/istio/objects";
import { reachOf, type Reach } from "../../../facts/istio/reach";
import { routeName } from "../../../facts/istio/routes";

/** Each rule of a VirtualService takes some request. */
export const routeUnreachable: Rule = {
  id: "IST-ROUTE-UNREACHABLE",
  severity: "mandatory",
  title: "no route is hidden behind an earlier one",
  why: "Envoy takes the first rule that fits, so a rule behind one that takes the same requests never runs, and its author believes that it does.",
  fix: "Put the narrower rule first, or take it out.",
  codes: ["IST0130"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0130/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(["http", "tls", "tcp"], (protocol) => {
        for (const reach of reachOf(rule.get("spec", protocol).list()))
          if (reach.isDead) check.violation(reach.route, unreachable(reach));
      });
    }),
};

function unreachable({ route, shadows }: Reach) {
  const earlier = [...new Set(shadows.map(({ by }) => routeName(by)))];
  const taken = [...new Set(shadows.map((shadow) => shadow.earlier.text))];
  return {
    message: `no request reaches the route ${routeName(route)}: ${listed(earlier)} before it ${earlier.length === 1 ? "takes" : "take"} ${listed(taken)}.`,
    fix: `Put ${routeName(route)} before ${earlier[0] ?? "it"}, or take it out.`,
  };
}
