import type { Rule } from "../../engine/rule";
import { balancers } from "../../facts/edge/balancer";

/** A load balancer with security groups of one's own still gets through to the pods. */
export const nlbSecurityGroups: Rule = {
  id: "AWS-NLB-SECURITY-GROUPS",
  severity: "mandatory",
  title: "a load balancer with security groups of its own is let in by the nodes, and source ranges are not lost",
  why: "With security groups of your own the controller neither opens the nodes to them nor looks at source ranges: health checks fail, or everybody gets in.",
  fix: 'Set manage-backend-security-group-rules to "true", and keep source ranges in the groups themselves.',
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#security-groups",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || !balancer.has("security-groups")) return;
      const managed = balancer.annotation("manage-backend-security-group-rules");
      if (managed.text() !== "true")
        check.violation(managed, {
          message:
            "brings its own security groups, so the controller opens no node to them: every health check fails, unless somebody else does.",
          fix: 'Set manage-backend-security-group-rules to "true".',
        });
      const ranges = balancer.spec.get("loadBalancerSourceRanges");
      const old = balancer.annotations.get("service.beta.kubernetes.io/load-balancer-source-ranges");
      const lost = ranges.list().length > 0 ? ranges : old;
      if (lost.exists)
        check.violation(lost, {
          message:
            "lists source ranges, which are ignored beside security groups of its own: everybody that those let in gets in.",
          fix: `Put the ranges into the security groups' rules${balancer.setting("sourceRanges", " is for the controller's own group")}.`,
        });
    }),
};
