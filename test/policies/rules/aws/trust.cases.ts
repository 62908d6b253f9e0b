import { trust } from "../../../../policies/rules/aws/trust";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const role = (stack: StackDraft): Loose =>
  stack.resource("aws:iam/role:Role", "eks-istio-dev-load-balancer-controller");
const statement = (stack: StackDraft): Loose => role(stack).assumeRolePolicy.Statement[0];
const label = "iam Role eks-istio-dev-load-balancer-controller";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123";
function addTokenRole(stack: StackDraft, condition: object | undefined, asText = false): void {
  const policy = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: condition,
    },
  };
  stack.addResource("aws:iam/role:Role", "irsa", { assumeRolePolicy: asText ? JSON.stringify(policy) : policy });
}

export default cases(trust, {
  breaks: {
    "a role for any pod": {
      change: (stack) => delete statement(stack).Condition,
      finds: [
        `${label}: doesn't say which namespace and ServiceAccount it is for: whoever may make a Pod Identity association can hand it to another pod, in any cluster of the account. Add Condition {StringEquals: {"aws:RequestTag/kubernetes-namespace": …, "aws:RequestTag/kubernetes-service-account": …}}.`,
      ],
    },
    "a role for any ServiceAccount of a namespace": {
      change: (stack) => {
        const { StringEquals: equals } = statement(stack).Condition;
        delete equals["aws:RequestTag/kubernetes-service-account"];
        statement(stack).Condition.StringLike = { "aws:RequestTag/kubernetes-service-account": "*" };
      },
      finds: [
        `${label}: doesn't say which ServiceAccount it is for: whoever may make a Pod Identity association can hand it to another pod, in any cluster of the account. Add Condition {StringEquals: {"aws:RequestTag/kubernetes-service-account": …}}.`,
      ],
    },
    "a test that a missing tag passes": {
      change: (stack) => {
        const { Condition: condition } = statement(stack);
        statement(stack).Condition = { StringEqualsIfExists: condition.StringEquals };
      },
      finds: [
        `${label}: doesn't say which namespace and ServiceAccount it is for: whoever may make a Pod Identity association can hand it to another pod, in any cluster of the account. Add Condition {StringEquals: {"aws:RequestTag/kubernetes-namespace": …, "aws:RequestTag/kubernetes-service-account": …}}.`,
      ],
    },
    "a role for everybody, in JSON": {
      change: (stack) =>
        (role(stack).assumeRolePolicy = JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: { AWS: ["*"] }, Action: "sts:AssumeRole" }],
        })),
      finds: [
        `${label}: lets anybody in any AWS account take this role. Name the accounts or services that it is for in Principal.`,
      ],
    },
    "a token of any pod": {
      change: (stack) => addTokenRole(stack, { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } }, true),
      finds: [
        `iam Role irsa: lets every pod of the cluster take this role: its condition doesn't compare the token's subject. Add a StringEquals condition on the issuer's :sub, "system:serviceaccount:NAMESPACE:NAME".`,
      ],
    },
    "tokens of a whole namespace": {
      change: (stack) => addTokenRole(stack, { StringLike: { [`${issuer}:sub`]: ["system:serviceaccount:shop:*"] } }),
      finds: [
        'iam Role irsa: "system:serviceaccount:shop:*" lets more than one ServiceAccount take this role. Name the one it is for with StringEquals: "system:serviceaccount:NAMESPACE:NAME".',
      ],
    },
    "a pattern that is compared letter by letter": {
      change: (stack) => addTokenRole(stack, { StringEquals: { [`${issuer}:sub`]: "system:serviceaccount:shop:*" } }),
      finds: [
        'iam Role irsa: "system:serviceaccount:shop:*" is compared letter by letter, so no pod gets this role. Name the one it is for with StringEquals: "system:serviceaccount:NAMESPACE:NAME".',
      ],
    },
  },
  keeps: {
    "another spelling of the tags": (stack) =>
      (statement(stack).Condition = {
        "ForAnyValue:StringLike": {
          "aws:requesttag/kubernetes-namespace": "team-*",
          "AWS:RequestTag/kubernetes-service-account": ["web", "worker"],
        },
      }),
    "one ServiceAccount's token": (stack) =>
      addTokenRole(stack, {
        StringEquals: { [`${issuer}:sub`]: "system:serviceaccount:shop:web" },
        StringLike: { [`${issuer}:sub`]: "system:serviceaccount:*:web" },
      }),
    "tokens of another issuer": (stack) =>
      (role(stack).assumeRolePolicy = {
        Statement: {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:shop/*" } },
        },
      }),
    "everybody in an organization": (stack) =>
      (role(stack).assumeRolePolicy = {
        Statement: {
          Effect: "Allow",
          Principal: "*",
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
      }),
    "a denial for everybody": (stack) =>
      (role(stack).assumeRolePolicy = { Statement: { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" } }),
    "what is no JSON": (stack) => (role(stack).assumeRolePolicy = "{"),
  },
});
