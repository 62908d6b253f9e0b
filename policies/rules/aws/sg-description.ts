import type { Rule } from "../../engine/rule";
import { securityGroupsOf, securityRulesOf } from "../../facts/aws/security-groups";

/** Each opening says what it is for. */
export const sgDescription: Rule = {
  id: "AWS-SG-DESCRIPTION",
  severity: "advisory",
  title: "each rule of a security group says what it is for",
  why: "Nobody dares to close an opening that nobody remembers.",
  fix: "Describe each rule.",
  codes: ["CKV_AWS_23"],
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",

  judge: (inventory, check) =>
    check.each(securityGroupsOf(inventory), (group) => {
      for (const direction of ["ingress", "egress"] as const)
        check.each(securityRulesOf(group, direction), (rule) => {
          const description = rule.get("description");
          if (description.text()?.trim()) return;
          check.violation(description, {
            message: `${direction === "ingress" ? "an opening" : "a way out"} doesn't say what it is for: nobody will dare to close it.`,
            fix: "Set its description.",
          });
        });
    }),
};
