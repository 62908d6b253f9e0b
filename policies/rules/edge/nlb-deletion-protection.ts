import type { Rule } from "../../engine/rule";
import { balancers } from "../../facts/edge/balancer";

/** Nobody deletes a load balancer that serves users in passing. */
export const nlbDeletionProtection: Rule = {
  id: "AWS-NLB-DELETION-PROTECTION",
  severity: { production: "mandatory", otherwise: "off" },
  title: "a load balancer that serves users is protected from deletion",
  why: "A deleted load balancer is back after minutes, under another name and other addresses.",
  fix: "Set deletion_protection.enabled=true in aws-load-balancer-attributes.",
  codes: ["CKV_AWS_150"],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-load-balancer-attributes.html",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || balancer.map("attributes").get("deletion_protection.enabled") === "true") return;
      check.violation(balancer.annotation("attributes"), {
        message:
          "isn't protected from deletion: one wrong command, and users wait until it is back under another name.",
        fix: `Add deletion_protection.enabled=true to aws-load-balancer-attributes${balancer.setting("deletionProtection")}.`,
      });
    }),
};
