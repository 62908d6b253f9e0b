import type { Resource } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { dependentsOf } from "../../facts/pulumi/dependencies";

/** A certificate renews itself, and isn't used before it is issued. */
export const certValidation: Rule = {
  id: "AWS-CERT-VALIDATION",
  severity: "mandatory",
  title: "certificates are validated by DNS, and waited for",
  why: "A certificate that is validated by mail expires when nobody answers the mail, and one that isn't issued yet is refused by the load balancer.",
  fix: "Validate by DNS, and wait for a CertificateValidation before you use the certificate.",
  codes: [],
  docs: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:acm/certificate:Certificate"), (certificate) => {
      if (!isIssued(certificate)) return;
      const method = certificate.get("validationMethod");
      if (method.text() !== "DNS") {
        check.violation(method, {
          message: `isn't validated by DNS (validationMethod is ${method.text() ?? "not set"}): it can't renew itself, and browsers refuse it after it expired.`,
          fix: 'Set validationMethod to "DNS", and make the records that it asks for.',
        });
        return;
      }
      if (dependentsOf(inventory, certificate, "aws:acm/certificateValidation:CertificateValidation").length > 0)
        return;
      check.violation(certificate, {
        message: "nothing here waits until it is issued: a load balancer that gets it before then is refused.",
        fix: "Add an aws.acm.CertificateValidation, and use its certificateArn.",
        // The records may stand in a zone that others fill.
        severity: "advisory",
      });
    }),
};

/** Whether ACM issues and renews it itself: it is neither imported nor of a private authority. */
function isIssued(certificate: Resource): boolean {
  const others = ["certificateBody", "privateKey", "privateKeyWo", "certificateAuthorityArn"];
  return !others.some((key) => certificate.get(key).exists);
}
