import type { Rule } from "../../engine/rule";
import { balancers } from "../../facts/edge/balancer";

const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";

/** A load balancer gets a certificate when it is validated. */
export const nlbCertificate: Rule = {
  id: "AWS-NLB-CERT",
  severity: "mandatory",
  title: "a load balancer waits until its certificate is validated",
  why: "AWS refuses a listener whose certificate is still pending, and the controller makes no load balancer until somebody tries again.",
  fix: "Take the ARN from the CertificateValidation, not from the Certificate.",
  codes: [],
  docs: "https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificatevalidation/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      const { data } = balancer.resource;
      if (data.dependencies.length === 0 || !balancer.isNetwork || !balancer.has("ssl-cert")) return;
      const waitsFor = data.dependencies.flatMap((urn) => inventory.withUrn(urn) ?? []);
      const validated = new Set(
        waitsFor.filter(({ type }) => type === validationType).flatMap((one) => one.data.dependencies),
      );
      for (const certificate of waitsFor.filter(({ type }) => type === certificateType)) {
        // An imported one needs no proof.
        const isImported = certificate.get("privateKey").isUnknown || certificate.get("privateKey").exists;
        if (isImported || validated.has(certificate.data.urn ?? "")) continue;
        check.violation(balancer.annotation("ssl-cert"), {
          message: `takes its certificate from ${certificate.label}, which may still be pending: AWS refuses a listener with such a certificate.`,
          fix: "Take the ARN from its CertificateValidation.",
        });
      }
    }),
};
