import type { Rule } from "../../engine/rule";
import { balancers } from "../../facts/edge/balancer";

/** Connections are spread over the pods of all zones. */
export const nlbCrossZone: Rule = {
  id: "AWS-NLB-CROSS-ZONE",
  severity: "advisory",
  title: "the load balancer spreads connections over all zones",
  why: "Without cross-zone balancing each zone's address serves from its own pods only: a zone with fewer pods is overrun, and one with none refuses.",
  fix: "Set load_balancing.cross_zone.enabled=true in aws-load-balancer-attributes.",
  codes: ["CKV_AWS_152"],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || balancer.map("attributes").get("load_balancing.cross_zone.enabled") === "true") return;
      // An older way to say it, and one for each target group.
      if (balancer.annotation("cross-zone-load-balancing-enabled").text() === "true") return;
      if (balancer.map("target-group-attributes").get("load_balancing.cross_zone.enabled") === "true") return;
      check.violation(balancer.annotation("attributes"), {
        message:
          "doesn't balance across zones: a zone with fewer pods is overrun, and one with none refuses connections.",
        fix: `Add load_balancing.cross_zone.enabled=true to aws-load-balancer-attributes${balancer.setting("crossZone")}.`,
      });
    }),
};
