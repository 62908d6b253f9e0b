import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { securityGroupsOf, securityRulesOf } from "../../facts/aws/security-groups";

/** What EC2 takes in a description: letters without accents, digits, spaces and these signs. */
const refused = /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/gu;
const longest = 255;

/** EC2 accepts the descriptions of security groups and their rules. */
export const sgDescriptionText: Rule = {
  id: "AWS-SG-DESCRIPTION-TEXT",
  severity: "mandatory",
  title: "descriptions of security groups and their rules have characters that EC2 accepts, 255 at most",
  why: "EC2 refuses others when the group or rule is made, and the deployment stops halfway: an apostrophe is enough.",
  fix: "Write letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* only.",
  codes: [],
  docs: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html",

  judge: (inventory, check) => {
    const judge = (description: Value) => {
      const text = description.text() ?? "";
      const signs = [...new Set(text.match(refused))].map((sign) =>
        /\s|\p{C}/u.test(sign) ? JSON.stringify(sign) : sign,
      );
      if (signs.length > 0)
        check.violation(description, {
          message: `has a description that EC2 refuses for ${signs.join(" and ")}: the deployment stops here, halfway.`,
          fix: "Write letters without accents, digits, spaces and ._-:/()#,@[]+=&;{}!$* only.",
        });
      if (text.length > longest)
        check.violation(description, {
          message: `has a description of ${text.length} characters, and EC2 refuses more than ${longest}: the deployment stops here, halfway.`,
          fix: "Shorten it.",
        });
    };
    check.each(inventory.ofType("aws:ec2/securityGroup:SecurityGroup"), (group) => judge(group.get("description")));
    check.each(securityGroupsOf(inventory), (group) => {
      for (const direction of ["ingress", "egress"] as const)
        check.each(securityRulesOf(group, direction), (rule) => judge(rule.get("description")));
    });
  },
};
