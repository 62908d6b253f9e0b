import { closest } from "fastest-levenshtein";
import type { Check, Rule } from "../../engine/rule";
import { balancerPrefix, balancers, type Balancer } from "../../facts/edge/balancer";
import { knownAnnotations, listenerAttributes } from "../../facts/edge/annotation-table";

/** Annotations on a load balancer's Service are ones that the controller reads. */
export const nlbAnnotation: Rule = {
  id: "AWS-NLB-ANNOTATION",
  severity: "mandatory",
  title: "a load balancer's annotations are ones that the controller knows",
  why: "The controller passes over what it doesn't know: a typing error, or an Ingress's annotation on a Service, leaves the default in force silently.",
  fix: "Write the annotation's name as the controller's documentation has it.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (balancer.isNetwork) for (const [key] of balancer.annotations.entries()) judge(balancer, key, check);
    }),
};

function judge(balancer: Balancer, key: string, check: Check): void {
  const at = balancer.annotations.get(key);
  const [domain = "", own = ""] = key.split("/");
  if (domain === "alb.ingress.kubernetes.io") {
    const suffix = own.replace(/^load-balancer-/, "").replace("certificate-arn", "ssl-cert");
    check.violation(at, {
      message: `${key} is for an Ingress and its ALB; on this Service it does nothing.`,
      fix: `Use ${balancerPrefix}${nearest(suffix)}, if that is what was meant, or take it out.`,
    });
    return;
  }
  if (!key.startsWith("service.beta.kubernetes.io/aws-")) return;
  const suffix = key.startsWith(balancerPrefix) ? key.slice(balancerPrefix.length) : own.replace("aws-", "");
  const isKnown = Object.hasOwn(knownAnnotations, suffix) || suffix.startsWith(listenerAttributes);
  if (isKnown && key.startsWith(balancerPrefix)) return;
  check.violation(at, {
    message: inTree.has(suffix)
      ? `${key} is the old cloud provider's, for a Classic Load Balancer; the controller passes it over.`
      : `${key} is none of the controller's annotations: it passes it over, and the default holds.`,
    fix: inTree.has(suffix) ? "Take it out." : `Did you mean ${balancerPrefix}${nearest(suffix)}?`,
  });
}

function nearest(suffix: string): string {
  return closest(suffix, Object.keys(knownAnnotations));
}

/** What the cloud provider's own controller knows, and only that. */
const inTree = new Set([
  "access-log-emit-interval",
  "connection-draining-enabled",
  "connection-draining-timeout",
  "connection-idle-timeout",
  "extra-security-groups",
]);
