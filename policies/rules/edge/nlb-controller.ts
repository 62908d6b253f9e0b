import type { Inventory } from "../../engine/inventory";
import type { Check, Rule } from "../../engine/rule";
import { balancers, claimsUnmarked, type Balancer } from "../../facts/edge/balancer";

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
  const isClaimed = claimsUnmarked(inventory);
  // The controller's webhook gives it the class, whatever its type.
  if (isClaimed === true) return;
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
      message:
        isClaimed === false
          ? `has the type "${type}", which is not the AWS Load Balancer Controller's: the cloud provider's own makes something else of it, or nothing.`
          : `has the type "${type}", which is not the AWS Load Balancer Controller's: unless that one, which isn't here, takes it by its webhook, EKS makes a ${type === "nlb" ? "Network Load Balancer with node ports as targets" : "Classic Load Balancer"}, and passes over most annotations.`,
      fix: 'Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
      // The cloud provider's own works, if as something else.
      ...(isClaimed === undefined && { severity: "advisory" as const }),
    });
    return;
  }
  // What the chart makes unasked is another rule's matter.
  if (!balancer.isChart) judgeUnmarked(balancer, isClaimed, check);
}

/** Annotations of other clouds and of controllers beside a cloud's own. */
const elsewhere =
  /^(cloud\.google\.com|networking\.gke\.io|metallb\.io|metallb\.universe\.tf)\/|\/(azure|oci|do|openstack|ibm|alibaba-cloud|linode|hcloud)-|^load-balancer\.hetzner\.cloud\//;

function judgeUnmarked(balancer: Balancer, isClaimed: false | undefined, check: Check): void {
  if (isClaimed === undefined && balancer.annotations.entries().some(([key]) => elsewhere.test(key))) return;
  check.violation(balancer.annotation("type"), {
    message:
      isClaimed === false
        ? "has neither aws-load-balancer-type nor a loadBalancerClass: it becomes a Classic Load Balancer, which ignores its annotations."
        : "has neither aws-load-balancer-type nor a loadBalancerClass: unless the AWS Load Balancer Controller, which isn't here, marks it by its webhook, EKS makes a Classic Load Balancer, which ignores most annotations.",
    fix: 'Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
    ...(isClaimed === undefined && { severity: "advisory" as const }),
  });
}
