import type { Rule } from "../../../engine/rule";
import { routeName } from "../../../facts/istio/routes";

/** Faults on purpose stay where nobody is served. */
export const routeFault: Rule = {
  id: "IST-ROUTE-FAULT",
  severity: { production: "mandatory", otherwise: "off" },
  title: "no faults on purpose where users are served",
  why: "A delay or an abort is made by the proxy: users get the error, and the application's own metrics and logs show nothing of it.",
  fix: "Remove fault, or try it on a stack that serves nobody.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/traffic-management/fault-injection/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(rule.get("spec", "http").list(), (route) => {
        const fault = route.get("fault");
        const kinds = (["delay", "abort"] as const).filter(
          // One for no request is turned off.
          (kind) => fault.get(kind).exists && fault.get(kind, "percentage", "value").number() !== 0,
        );
        if (kinds.length > 0)
          check.violation(fault, {
            message: `the route ${routeName(route)} has ${kinds.map((kind) => `${kind === "abort" ? "an" : "a"} ${kind}`).join(" and ")} on purpose, in a stack that serves users.`,
            fix: "Remove fault, or try it on another stack.",
          });
      });
    }),
};
