import type { Rule } from "../../engine/rule";

/** The load balancer gets a new certificate before the old one goes. */
export const certReplace: Rule = {
  id: "AWS-CERT-REPLACE",
  severity: "mandatory",
  title: "a new certificate is there before the old one is deleted",
  why: "ACM doesn't delete a certificate that a load balancer uses, so an update that has to delete it first stops halfway.",
  fix: "Leave deleteBeforeReplace out of the certificate's options.",
  codes: ["CKV_AWS_233"],
  docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:acm/certificate:Certificate"), (certificate) => {
      if (certificate.data.deleteBeforeReplace !== true) return;
      const name = certificate.get("domainName").text() ?? "its domain";
      check.violation(certificate, {
        message: `is deleted before there is another one for ${name}: the load balancer still uses it, so ACM refuses and the update stops halfway.`,
        fix: "Leave deleteBeforeReplace out of its options.",
      });
    }),
};
