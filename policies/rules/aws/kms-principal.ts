import type { Rule } from "../../engine/rule";
import { allowedBy, isForEverybody, policyOf } from "../../facts/aws/policy-documents";

/** A key isn't for everybody. */
export const kmsPrincipal: Rule = {
  id: "AWS-KMS-PRINCIPAL",
  severity: "mandatory",
  title: "no KMS key is for everybody",
  why: "Anybody in any AWS account may then decrypt with the key, or delete it, and with it all that it encrypts.",
  fix: "Name the roles or accounts that use the key in its policy.",
  codes: ["CKV_AWS_33"],
  docs: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",

  judge: (inventory, check) => {
    for (const type of ["aws:kms/key:Key", "aws:kms/keyPolicy:KeyPolicy", "aws:kms/externalKey:ExternalKey"])
      check.each(inventory.ofType(type), (key) =>
        check.each(allowedBy(policyOf(key.root, "policy")), (statement) => {
          // AWS' own policies are for everybody who comes through a service or an account.
          if (!isForEverybody(statement) || statement.get("Condition").exists) return;
          check.violation(statement, {
            message: "lets anybody in any AWS account use this key, for whatever the statement allows.",
            fix: "Name the roles or accounts that use it in Principal.",
          });
        }),
      );
  },
};
