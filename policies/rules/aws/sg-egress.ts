import type { Rule } from "../../engine/rule";
import { everywhere, isForAll, securityGroupsOf, securityRulesOf } from "../../facts/aws/security-groups";

/** Not everything may leave for everywhere. */
export const sgEgress: Rule = {
  id: "AWS-SG-EGRESS",
  severity: "advisory",
  title: "no security group lets everything out to everywhere",
  why: "What an intruder finds leaves on any port, to any address.",
  fix: "Name the ports that are used, most often 443 and DNS.",
  codes: ["CKV_AWS_382"],
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",

  judge: (inventory, check) =>
    check.each(securityGroupsOf(inventory), (group) =>
      check.each(securityRulesOf(group, "egress"), (rule) => {
        const range = everywhere(rule);
        if (range === undefined || !isForAll(rule)) return;
        check.violation(rule, {
          message: `lets everything out to everywhere (${range}): what an intruder finds leaves on any port.`,
          fix: "Name the ports that are used, most often 443 and DNS.",
        });
      }),
    ),
};
