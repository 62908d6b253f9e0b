import type { Rule } from "../../../engine/rule";
import { balancers } from "../../../facts/edge/balancer";

/** The gateway's health port is nobody's business outside. */
export const healthPort: Rule = {
  id: "IST-HEALTH-PORT",
  severity: "advisory",
  title: "the gateway's health port is no port of a public Service",
  why: "The controller makes a listener of each port of a Service, so that everybody can ask how the gateway is, and count its pods.",
  fix: "Take port 15021 out of the Service; the health check reaches the pods without it.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/deployment/application-requirements/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      for (const { at, port, targetPort } of balancer.ports) {
        if (port !== 15021 && targetPort !== 15021) continue;
        check.violation(at, {
          message: `port ${port} leads to the gateway's health port, and is a listener of the load balancer like the others: anybody who reaches it reaches that.`,
          fix: `Take the port out${balancer.annotation("healthcheck-port").text() === "15021" ? "" : ', and set healthcheck-port to "15021"'}.`,
        });
      }
    }),
};
