import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Rule, Violation } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { dependenciesOf } from "../../facts/pulumi/dependencies";
import { allowedBy, conditionsOf, policyOf, textsIn } from "../../facts/aws/policy-documents";

/** A role lets itself be taken by the pods that its Pod Identity association names. */
export const podIdentityRole: Rule = {
  id: "AWS-POD-IDENTITY-ROLE",
  severity: "mandatory",
  title: "a Pod Identity association and its role's trust policy agree",
  why: "STS refuses the role, so the pods run without credentials, and say so only in their logs.",
  fix: "Trust pods.eks.amazonaws.com with sts:AssumeRole and sts:TagSession, for the association's own namespace and ServiceAccount.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation"), (association) => {
      const role = roleOf(association, inventory);
      const problem = role && problemOf(association, role);
      if (problem) check.violation(association, problem);
    }),
};

/** The role, if the association waits for exactly one. */
function roleOf(association: Resource, inventory: Inventory): Resource | undefined {
  const [role, ...others] = dependenciesOf(inventory, association, "aws:iam/role:Role");
  return others.length === 0 ? role : undefined;
}

function problemOf(association: Resource, role: Resource): Violation | undefined {
  const statements = allowedBy(policyOf(role.root, "assumeRolePolicy")).filter((statement) =>
    textsIn(statement.get("Principal", "Service")).includes(service),
  );
  if (statements.length === 0)
    return {
      message: `the role ${role.name} doesn't trust ${service}, so its pods get no credentials.`,
      fix: `Let Principal.Service ${service} take it in its trust policy.`,
    };
  const actions = statements.flatMap((statement) => textsIn(statement.get("Action")));
  const missing = ["sts:AssumeRole", "sts:TagSession"].filter((action) => !allows(actions, action));
  if (missing.length > 0)
    return {
      message: `the role ${role.name} doesn't allow ${missing.join(" and ")} to ${service}, so its pods get no credentials.`,
      fix: `Add ${missing.join(" and ")} to its trust policy's actions.`,
    };
  const mismatches = statements.map((statement) => mismatchOf(association, role, statement));
  return mismatches.includes(undefined) ? undefined : mismatches[0];
}

const service = "pods.eks.amazonaws.com";

/** Session tags that conditions may ask for, and what they say of an association's pods. */
const tags = {
  "kubernetes-namespace": "namespace",
  "kubernetes-service-account": "serviceAccount",
  "eks-cluster-name": "clusterName",
} as const;

function mismatchOf(association: Resource, role: Resource, statement: Value): Violation | undefined {
  const conditions = conditionsOf(statement);
  for (const [tag, key] of Object.entries(tags)) {
    const asked = conditions.filter((one) => one.key.toLowerCase() === `aws:requesttag/${tag}`);
    if (asked.length > 0 && association.get("disableSessionTags").boolean() === true)
      return {
        message: `sends no session tags, but the role ${role.name} asks for ${tag}, so its pods get no credentials.`,
        fix: "Leave disableSessionTags out, or compare something else in the role's trust policy.",
      };
    // What a pattern lets through is IAM's to say.
    const exact = asked.filter(({ isPattern }) => !isPattern);
    if (exact.length === 0) continue;
    const actual = association.get(key).text();
    const other = exact.find(({ values }) => !textsIn(values).some((text) => text === actual));
    if (actual === undefined || !other) continue;
    return {
      message: `is for the ${key} ${actual}, but the role ${role.name} trusts ${textsIn(other.values).join(", ")} only, so its pods get no credentials.`,
      fix: `Make ${key} and the condition aws:RequestTag/${tag} in the role's trust policy the same.`,
    };
  }
  return undefined;
}

function allows(actions: readonly string[], action: string): boolean {
  return actions.some((one) => one === "*" || one === "sts:*" || one.toLowerCase() === action.toLowerCase());
}
