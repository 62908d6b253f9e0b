import { closest } from "fastest-levenshtein";
import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import { balancerPrefix, balancers, type Balancer } from "../../facts/edge/balancer";
import { knownAnnotations, listenerAttributes } from "../../facts/edge/annotation-table";
import { namespaceOf } from "../../facts/istio/objects";
import { KeyIndex } from "../../facts/key-index";

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
      if (!balancer.exists) return;
      for (const [key] of balancer.annotations.entries())
        if (key.startsWith(albPrefix)) judgeAlb(balancer, key, inventory, check);
        else if (key.startsWith("service.beta.kubernetes.io/aws-") && balancer.isOfAws) judge(balancer, key, check);
    }),
};

const albPrefix = "alb.ingress.kubernetes.io/";

/** What the controller reads on the Services behind an Ingress, too. */
const ofBackends = /^(target-|healthcheck-|(un)?healthy-threshold-|success-codes|backend-protocol|auth-)/;

/** An Ingress's annotation on a Service, whatever load balancer that one gets. */
function judgeAlb(balancer: Balancer, key: string, inventory: Inventory, check: Check): void {
  const own = key.slice(albPrefix.length);
  const isOfBackends = ofBackends.test(own);
  if (isOfBackends && isBehindIngress(balancer, inventory)) return;
  const suffix = own.replace(/^load-balancer-/, "").replace("certificate-arn", "ssl-cert");
  check.violation(balancer.annotations.get(key), {
    message: isOfBackends
      ? `${key} counts behind an Ingress only, and none here leads to this Service.`
      : `${key} is for an Ingress and its ALB; on this Service it does nothing.`,
    fix: `Use ${balancerPrefix}${nearest(suffix)}, if that is what was meant, or take it out.`,
    ...(isOfBackends && { severity: "advisory" as const }),
  });
}

function isBehindIngress({ resource, namespace, isChart }: Balancer, inventory: Inventory): boolean {
  if (isChart) return false;
  const ingresses = inventory.once(ingressesByService);
  if (ingresses.get(`${namespace}/${resource.name}`).length > 0) return true;
  ingresses.assertKnown();
  return false;
}

function ingressesByService(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("Ingress"), (ingress) => {
    const rules = ingress.get("spec", "rules").list();
    const paths = rules.flatMap((rule) => rule.get("http", "paths").list());
    const backends = [ingress.get("spec", "defaultBackend"), ...paths.map((path) => path.get("backend"))];
    return backends.map((backend) => `${namespaceOf(ingress)}/${backend.get("service", "name").text() ?? ""}`);
  });
}

function judge(balancer: Balancer, key: string, check: Check): void {
  const at = balancer.annotations.get(key);
  const own = key.split("/")[1] ?? "";
  const suffix = key.startsWith(balancerPrefix) ? key.slice(balancerPrefix.length) : own.replace("aws-", "");
  const isKnown = Object.hasOwn(knownAnnotations, suffix) || suffix.startsWith(listenerAttributes);
  if (isKnown && key.startsWith(balancerPrefix)) return;
  // The cloud provider's own load balancers have a few of their own.
  if (inTree.has(suffix) && !balancer.isNetwork) return;
  check.violation(at, {
    message: inTree.has(suffix)
      ? `${key} is the old cloud provider's, for a Classic Load Balancer; the controller passes it over.`
      : balancer.isNetwork
        ? `${key} is none of the controller's annotations: it passes it over, and the default holds.`
        : `${key} is no annotation that anybody reads who makes a load balancer on AWS: the default holds.`,
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
