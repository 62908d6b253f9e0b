import type { Rule } from "../../engine/rule";
import { dependentsOf } from "../../facts/pulumi/dependencies";

/** What is put into a VPC's default security group by mistake reaches nothing. */
export const defaultSg: Rule = {
  id: "AWS-DEFAULT-SG",
  severity: "mandatory",
  title: "a VPC's default security group lets nothing through",
  why: "Whatever is made without a security group lands in this one, where by default everything reaches everything in it and the whole internet.",
  fix: "Adopt the default security group with no rules.",
  codes: ["CKV2_AWS_12"],
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",

  judge: (inventory, check) => {
    check.each(inventory.ofType(type), (group) => {
      const open = ["ingress", "egress"].map((key) => group.get(key)).filter((rules) => rules.list().length > 0);
      for (const rules of open)
        check.violation(rules, {
          message: `has ${rules.path} rules: whatever is made without a security group of its own gets them.`,
          fix: `Leave ${rules.path} out, and give what needs it a security group of its own.`,
        });
    });
    check.each(inventory.ofType("aws:ec2/vpc:Vpc"), (vpc) => {
      if (dependentsOf(inventory, vpc, type).length > 0) return;
      const range = vpc.get("cidrBlock").text();
      check.violation(vpc, {
        message: `leaves the default security group${range ? ` of ${range}` : ""} as AWS makes it: whatever is made without a group of its own reaches everything in there and the whole internet.`,
        fix: "Add an aws.ec2.DefaultSecurityGroup for it, with no rules.",
      });
    });
  },
};

const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
