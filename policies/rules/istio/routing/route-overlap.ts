import type { Rule } from "../../../engine/rule";
import { reachOf } from "../../../facts/istio/reach";
import { routeName } from "../../../facts/istio/routes";

/** Each condition of a rule takes some request. */
export const routeOverlap: Rule = {
  id: "IST-ROUTE-OVERLAP",
  severity: "advisory",
  title: "no condition of a route is hidden behind an earlier one",
  why: "A condition that an earlier one contains never decides anything, so a change to it changes nothing.",
  fix: "Put the narrower condition first, or take it out.",
  codes: ["IST0131"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0131/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(["http", "tls", "tcp"], (protocol) => {
        for (const { route, shadows, isDead } of reachOf(rule.get("spec", protocol).list()))
          for (const { match, earlier, by } of isDead ? [] : shadows)
            check.violation(match.value, {
              message: `the route ${routeName(route)} never takes a request for ${match.text}: ${by === route ? "the same route" : `the route ${routeName(by)} before it`} takes ${earlier.text}.`,
              fix: by === route ? "Take the narrower one out." : `Put it before ${routeName(by)}, or take it out.`,
            });
      });
    }),
};
