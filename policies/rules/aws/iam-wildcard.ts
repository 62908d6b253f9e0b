import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allowedBy, oneOrMore, policyOf, textsIn } from "../../facts/aws/policy-documents";

/** No policy gives a whole service, or everything, on every resource. */
export const iamWildcard: Rule = {
  id: "AWS-IAM-WILDCARD",
  severity: "mandatory",
  title: "no IAM policy allows a whole service on every resource",
  why: "Whoever gets such credentials, from a pod's memory or a build's log, owns that service in the whole account.",
  fix: "List the actions that are used, and the resources they are used on.",
  codes: ["CKV_AWS_62"],
  docs: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",

  judge: (inventory, check) => {
    for (const type of types)
      check.each(inventory.ofType(type), (holder) => check.each(allowedBy(policyOf(holder.root, "policy")), judge));
    check.each(inventory.ofType("aws:iam/role:Role"), (role) =>
      check.each(role.get("inlinePolicies").list(), (inline) =>
        check.each(allowedBy(policyOf(inline, "policy")), judge),
      ),
    );

    function judge(statement: Value): void {
      const actions = wholeServices(statement);
      if (actions.length === 0 || !textsIn(statement.get("Resource")).some(isEverything)) return;
      // A condition may narrow down one service; hardly ever all of them.
      if (!actions.some((action) => action.startsWith("*")) && statement.get("Condition").exists) return;
      check.violation(statement, {
        message: `allows ${actions.join(", ")} on every resource: whoever gets these credentials owns all of it in the whole account.`,
        fix: "List the actions that are used, and the resources they are used on.",
      });
    }
  },
};

const types = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
];

/** Actions that stand for all of a service, as a finding quotes them. */
function wholeServices(statement: Value): string[] {
  const except = oneOrMore(statement.get("NotAction"));
  if (except.length > 0) return [`everything but ${textsIn(statement.get("NotAction")).join(", ")}`];
  return textsIn(statement.get("Action")).filter((action) => /^(\*|[\w-]+:[*?]*\*[*?]*|\*:\*)$/.test(action));
}

/** `*`, or an ARN that names a service and nothing in it. */
function isEverything(resource: string): boolean {
  return resource === "*" || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$/.test(resource);
}
