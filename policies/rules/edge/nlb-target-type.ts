import type { Rule } from "../../engine/rule";
import { balancers, targetTypeOf } from "../../facts/edge/balancer";

/** The load balancer reaches pods directly. */
export const nlbTargetType: Rule = {
  id: "AWS-NLB-TARGET-TYPE",
  severity: "advisory",
  title: "the load balancer reaches pods directly, not over node ports",
  why: "Over node ports every connection takes a second hop, most often into another zone, and no readiness gate tells when a pod gets traffic.",
  fix: 'Set nlb-target-type to "ip".',
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      const annotation = balancer.annotation("nlb-target-type");
      const type = targetTypeOf(balancer, inventory);
      if (type !== "instance") return;
      const hasNone = balancer.spec.get("allocateLoadBalancerNodePorts").boolean() === false;
      const ports = balancer.spec.get("ports").list();
      if (hasNone && !ports.every((port) => port.get("nodePort").exists)) {
        check.violation(annotation, {
          message: `the target type is ${type}, but allocateLoadBalancerNodePorts is false: without node ports the controller can't make the load balancer.`,
          fix: 'Set nlb-target-type to "ip".',
          severity: "mandatory",
        });
        return;
      }
      check.violation(annotation, {
        message: `the target type is ${type}: every connection takes a second hop over some node's port, most often into another zone.`,
        fix: 'Set nlb-target-type to "ip".',
      });
    }),
};
