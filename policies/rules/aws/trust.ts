import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import {
  allowedBy,
  conditionsOf,
  isForEverybody,
  oneOrMore,
  policyOf,
  textsIn,
} from "../../facts/aws/policy-documents";

/** Only the pods that a role is for can take it. */
export const trust: Rule = {
  id: "AWS-TRUST",
  severity: "mandatory",
  title: "a role for pods trusts one namespace and one ServiceAccount, and no role trusts everybody",
  why: "Otherwise whoever controls any pod, or may make one association, gets the rights of every role of that kind.",
  fix: "Name the namespace and the ServiceAccount in the trust policy's condition, without wildcards.",
  codes: ["CKV_AWS_60", "CIS EKS 5.2.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:iam/role:Role"), (role) =>
      check.each(allowedBy(policyOf(role.root, "assumeRolePolicy")), (statement) => {
        if (isForEverybody(statement)) judgeEverybody(statement, check);
        else if (isForPods(statement)) judgePodIdentity(statement, check);
        else if (isForTokens(statement)) judgeTokens(statement, check);
      }),
    ),
};

function judgeEverybody(statement: Value, check: Check): void {
  if (statement.get("Condition").exists) return;
  check.violation(statement, {
    message: "lets anybody in any AWS account take this role.",
    fix: "Name the accounts or services that it is for in Principal.",
  });
}

/** What EKS says of the pod when it asks for its role. */
const tags = ["kubernetes-namespace", "kubernetes-service-account"];

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
function judgePodIdentity(statement: Value, check: Check): void {
  const conditions = conditionsOf(statement);
  const open = tags.filter((tag) => {
    const own = conditions.filter(({ key }) => key.toLowerCase() === `aws:requesttag/${tag}`);
    return !own.some(({ isPattern, values }) => !isPattern || !textsIn(values).includes("*"));
  });
  if (open.length === 0) return;
  check.violation(statement, {
    message: `doesn't say which ${open.map((tag) => words[tag] ?? tag).join(" and ")} it is for: whoever may make a Pod Identity association can hand it to another pod, in any cluster of the account.`,
    fix: `Add Condition {StringEquals: {${open.map((tag) => `"aws:RequestTag/${tag}": …`).join(", ")}}}.`,
  });
}

const words: Readonly<Record<string, string>> = {
  "kubernetes-namespace": "namespace",
  "kubernetes-service-account": "ServiceAccount",
};

/** IAM roles for service accounts: the subject of the pod's token is `system:serviceaccount:NAMESPACE:NAME`. */
function judgeTokens(statement: Value, check: Check): void {
  const subjects = conditionsOf(statement).filter(({ key }) => key.endsWith(":sub"));
  const isKubernetes = subjects.some(({ values }) => textsIn(values).some((text) => text.startsWith(prefix)));
  if (!isKubernetes && !textsIn(statement.get("Principal", "Federated")).some((arn) => arn.includes("oidc.eks")))
    return;
  if (subjects.length === 0) {
    check.violation(statement, {
      message: "lets every pod of the cluster take this role: its condition doesn't compare the token's subject.",
      fix: `Add a StringEquals condition on the issuer's :sub, "${prefix}NAMESPACE:NAME".`,
    });
    return;
  }
  if (subjects.some(({ values }) => textsIn(values).every(isOne))) return;
  for (const { values, isPattern } of subjects)
    check.each(oneOrMore(values), (value) => {
      const subject = value.text() ?? "";
      if (isOne(subject)) return;
      check.violation(value, {
        message: isPattern
          ? `"${subject}" lets more than one ServiceAccount take this role.`
          : `"${subject}" is compared letter by letter, so no pod gets this role.`,
        fix: `Name the one it is for with StringEquals: "${prefix}NAMESPACE:NAME".`,
      });
    });
}

function isOne(subject: string): boolean {
  return !/[*?]/.test(subject);
}

const prefix = "system:serviceaccount:";

function isForPods(statement: Value): boolean {
  return textsIn(statement.get("Principal", "Service")).includes("pods.eks.amazonaws.com");
}

function isForTokens(statement: Value): boolean {
  return textsIn(statement.get("Action")).includes("sts:AssumeRoleWithWebIdentity");
}
