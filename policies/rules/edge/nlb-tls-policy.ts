import type { Rule } from "../../engine/rule";
import { releases } from "../../facts/charts/releases";
import { balancers } from "../../facts/edge/balancer";

/** A TLS listener takes TLS 1.2 and 1.3 only. */
export const nlbTlsPolicy: Rule = {
  id: "AWS-NLB-TLS-POLICY",
  severity: "mandatory",
  title: "the load balancer's TLS policy allows nothing older than TLS 1.2",
  why: "The default policy of 2016 still lets clients talk TLS 1.0, and never 1.3.",
  fix: "Name a TLS 1.3 policy in ssl-negotiation-policy.",
  codes: ["CKV2_AWS_74", "CIS EKS 5.4.5"],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || !balancer.has("ssl-cert")) return;
      const annotation = balancer.annotation("ssl-negotiation-policy");
      const policy = annotation.text();
      const fix = `Set ssl-negotiation-policy to "${recommended}"${balancer.setting("tlsPolicy")}.`;
      if (policy === undefined) {
        const controllers = releases(inventory).filter(({ chart }) => chart === "aws-load-balancer-controller");
        if (controllers.some((release) => release.values.get("defaultSSLPolicy").exists)) return;
        check.violation(annotation, {
          message: "names no TLS policy, and the default, ELBSecurityPolicy-2016-08, allows TLS 1.0 and 1.1.",
          fix,
        });
      } else if (!policy.startsWith("ELBSecurityPolicy-"))
        check.violation(annotation, {
          message: `"${policy}" is none of AWS's TLS policies: AWS refuses the listener.`,
          fix,
        });
      else if (!strong.test(policy)) check.violation(annotation, { message: `${policy} allows TLS 1.0 or 1.1.`, fix });
    }),
};

const recommended = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** Policies whose oldest protocol is TLS 1.2 or 1.3. */
const strong = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/;
