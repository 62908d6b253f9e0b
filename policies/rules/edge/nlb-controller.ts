import type { Inventory } from "../../engine/inventory";
import type { Check, Rule } from "../../engine/rule";
import { releases } from "../../facts/charts/releases";
import { balancers, type Balancer } from "../../facts/edge/balancer";

/** The AWS Load Balancer Controller, and nobody else, makes each load balancer. */
export const nlbController: Rule = {
  id: "AWS-NLB-CONTROLLER",
  severity: "mandatory",
  title: "every Service of type LoadBalancer belongs to the AWS Load Balancer Controller",
  why: "What the controller doesn't claim becomes a Classic Load Balancer of the cloud provider's own, which ignores most annotations and reaches pods over node ports.",
  fix: 'Set the annotation aws-load-balancer-type to "external", or loadBalancerClass to service.k8s.aws/nlb.',
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (balancer.exists) judge(balancer, inventory, check);
    }),
};

function judge(balancer: Balancer, inventory: Inventory, check: Check): void {
  // Another controller's, by its name.
  if (balancer.spec.get("loadBalancerClass").exists) return;
  const annotation = balancer.annotation("type");
  const type = annotation.text();
  if (type === "external") {
    if (balancer.annotation("nlb-target-type").text() === undefined)
      check.violation(balancer.annotation("nlb-target-type"), {
        message:
          "has the type external, but no nlb-target-type: the controller passes it over, and there is no load balancer.",
        fix: 'Set nlb-target-type to "ip".',
      });
    return;
  }
  if (type === "nlb-ip") return;
  if (type !== undefined) {
    check.violation(annotation, {
      message: `has the type "${type}", which is not the AWS Load Balancer Controller's: the cloud provider's own makes something else of it, or nothing.`,
      fix: 'Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
    });
    return;
  }
  // What the chart makes unasked is another rule's matter.
  if (!balancer.isChart) judgeUnmarked(balancer, inventory, check);
}

/** The controller's webhook marks new Services as its own, unless it is switched off. */
function judgeUnmarked(balancer: Balancer, inventory: Inventory, check: Check): void {
  const controllers = releases(inventory).filter(({ chart }) => chart === "aws-load-balancer-controller");
  const [first] = controllers;
  if (!first) {
    check.undecided(balancer.resource, "the AWS Load Balancer Controller, whose webhook may claim it, isn't here");
    return;
  }
  if (controllers.some((release) => release.values.get("enableServiceMutatorWebhook").boolean() !== false)) return;
  check.violation(balancer.annotation("type"), {
    message:
      "has neither aws-load-balancer-type nor a loadBalancerClass: it becomes a Classic Load Balancer, which ignores its annotations.",
    fix: 'Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
  });
}
