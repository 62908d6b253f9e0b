import type { Rule } from "../../engine/rule";

/**
 * Each certificate is for named hosts.
 *
 * Off by default: one wildcard domain behind one gateway is what this project is for. Some companies forbid it.
 */
export const certWildcard: Rule = {
  id: "AWS-CERT-WILDCARD",
  severity: "off",
  title: "no certificate is for a wildcard",
  why: "Whoever gets hold of a wildcard's key can pose as any host of the domain.",
  fix: "Name the hosts on the certificate.",
  codes: ["CKV2_AWS_71"],
  docs: "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:acm/certificate:Certificate"), (certificate) =>
      check.each([certificate.get("domainName"), ...certificate.get("subjectAlternativeNames").list()], (name) => {
        const text = name.text() ?? "";
        if (!text.startsWith("*.")) return;
        check.violation(name, {
          message: `is for "${text}": whoever gets hold of its key can pose as any host there.`,
          fix: "Name the hosts instead.",
        });
      }),
    ),
};
