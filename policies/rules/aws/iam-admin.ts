import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { oneOrMore } from "../../facts/aws/policy-documents";

/** Nobody in this stack is an administrator of the account. */
export const iamAdmin: Rule = {
  id: "AWS-IAM-ADMIN",
  severity: "mandatory",
  title: "no role, user or group administers the whole account",
  why: "Whoever gets such credentials owns the account, backups and audit trail included.",
  fix: "Attach a policy with the actions that are used.",
  codes: ["CKV_AWS_274"],
  docs: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",

  judge: (inventory, check) => {
    for (const [type, key] of Object.entries(places))
      check.each(inventory.ofType(type), (resource) => check.each(oneOrMore(resource.get(key)), judge));

    function judge(arn: Value): void {
      const policy = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn.text() ?? "")?.[1];
      if (policy === undefined || !administrators.includes(policy)) return;
      check.violation(arn, {
        message: `attaches ${policy}: whoever gets these credentials owns the account, backups and audit trail included.`,
        fix: "Attach a policy with the actions that are used.",
      });
    }
  },
};

/** IAMFullAccess is administration in one more step. */
const administrators = ["AdministratorAccess", "IAMFullAccess"];

const places = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/role:Role": "managedPolicyArns",
};
