import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { eachRoute, routeName } from "../../../facts/istio/routes";

/** The weights of a route come to 100. */
export const routeWeight: Rule = {
  id: "IST-ROUTE-WEIGHT",
  severity: "mandatory",
  title: "the weights of a route come to 100",
  why: "Istio divides by whatever the weights come to, so 90 and 5 is no canary of 5 percent, and weights of 0 are refused.",
  fix: "Give every destination of a route a weight, 100 in all.",
  codes: ["IST0106", "KIA1104"],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      eachRoute(rule, check, (route) => {
        judge(route, check);
      });
    }),
};

function judge(route: Value, check: Check): void {
  const entries = route.get("route").list();
  const weights = entries.map((entry) => entry.get("weight").number());
  const given = weights.map((weight) => weight ?? 0);
  const sum = given.reduce((total, weight) => total + weight, 0);
  if (entries.length === 1 && weights[0] !== undefined && weights[0] !== 100) {
    check.violation(route.get("route", 0, "weight"), {
      message: `the route ${routeName(route)} has one destination with the weight ${weights[0]}, which gets all requests nonetheless.`,
      fix: "Take the weight out, or add the other destination.",
      severity: "advisory",
    });
  }
  if (entries.length < 2 || sum === 100) return;
  const missing = weights.filter((weight) => weight === undefined).length;
  check.violation(route.get("route"), {
    message:
      sum === 0
        ? `the weights of the route ${routeName(route)} are all 0: Istio refuses the whole VirtualService.`
        : `the weights of the route ${routeName(route)} come to ${sum} (${given.join(" + ")}): Istio splits in that proportion, so the shares are others than they say.`,
    fix: missing > 0 ? "Give each destination a weight, 100 in all." : "Make them come to 100.",
  });
}
