import type { Rule } from "../../../engine/rule";
import { namespaceOf } from "../../../facts/istio/objects";
import { fullName } from "../../../facts/istio/registry";
import { eachRoute, routeName } from "../../../facts/istio/routes";

/** A route leads to each destination once. */
export const routeTwice: Rule = {
  id: "IST-ROUTE-TWICE",
  severity: "advisory",
  title: "a route leads to each destination once",
  why: "The share of a subset that stands there twice is the sum of both, which nobody reads off either.",
  fix: "Put both weights into one entry, or name the other subset.",
  codes: ["KIA1105"],
  docs: "https://kiali.io/docs/features/validations/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      eachRoute(rule, check, (route) => {
        const seen = new Set<string>();
        for (const entry of route.get("route").list()) {
          const destination = entry.get("destination");
          if (!destination.get("host").exists) continue;
          const host = fullName(destination.get("host").text() ?? "", namespaceOf(rule));
          const subset = destination.get("subset").text();
          const port = destination.get("port", "number").number();
          const key = [host, subset, port].join(" ");
          if (seen.has(key))
            check.violation(destination, {
              message: `the route ${routeName(route)} leads to ${subset === undefined ? host : `the subset "${subset}" of ${host}`} twice: its share is the sum of both weights.`,
              fix: "Put both weights into one entry, or name the subset that was meant.",
            });
          seen.add(key);
        }
      });
    }),
};
