import type { Rule } from "../../engine/rule";
import { internalBalancer } from "../../facts/causes";
import { balancers } from "../../facts/edge/balancer";

/** Whether a load balancer is public is written down. */
export const nlbScheme: Rule = {
  id: "AWS-NLB-SCHEME",
  severity: "mandatory",
  title: "a load balancer says whether it is public",
  why: "The controller's default is internal: what was meant for users is reached from the VPC only, and another scheme later is another load balancer.",
  fix: 'Set the annotation aws-load-balancer-scheme to "internet-facing" or "internal".',
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-scheme",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || balancer.has("scheme")) return;
      const isOld = balancer.has("internal");
      check.violation(balancer.annotation(isOld ? "internal" : "scheme"), {
        ...internalBalancer(balancer.label),
        message: isOld
          ? "says whether it is public with aws-load-balancer-internal, which the controller gave up: a later version may ignore it."
          : "doesn't say whether it is public, and the controller's default is internal: nobody outside the VPC reaches it.",
        fix: `Set aws-load-balancer-scheme to "internet-facing" or "internal"${balancer.setting("scheme")}.`,
        ...(isOld && { severity: "advisory" as const }),
      });
    }),
};
