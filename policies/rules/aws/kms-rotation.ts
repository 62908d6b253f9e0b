import type { Rule } from "../../engine/rule";

/** AWS makes new key material every year. */
export const kmsRotation: Rule = {
  id: "AWS-KMS-ROTATION",
  severity: "advisory",
  title: "KMS keys rotate",
  why: "Key material that never changes protects ever more data, and nobody rotates by hand.",
  fix: "Turn on the key's rotation.",
  codes: ["CKV_AWS_7"],
  docs: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:kms/key:Key"), (key) => {
      const rotates = key.get("enableKeyRotation");
      if (rotates.boolean() === true) return;
      // Neither other kinds of keys nor those in key stores of one's own can.
      if ((key.get("customerMasterKeySpec").text() ?? symmetric) !== symmetric) return;
      if (key.get("customKeyStoreId").exists) return;
      check.violation(rotates, {
        message: "never rotates: the same key material protects ever more data.",
        fix: "Set enableKeyRotation to true.",
      });
    }),
};

const symmetric = "SYMMETRIC_DEFAULT";
