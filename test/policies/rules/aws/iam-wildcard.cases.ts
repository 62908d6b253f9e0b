import { iamWildcard } from "../../../../policies/rules/aws/iam-wildcard";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const statements = (stack: StackDraft): Loose[] =>
  stack.resource("aws:iam/rolePolicy:RolePolicy", "eks-istio-dev-load-balancer-controller").policy.Statement;
const label = "iam RolePolicy eks-istio-dev-load-balancer-controller";
const says = (actions: string) =>
  `allows ${actions} on every resource: whoever gets these credentials owns all of it in the whole account. List the actions that are used, and the resources they are used on.`;

function addPolicy(stack: StackDraft, statement: object): void {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  stack.addResource("aws:iam/policy:Policy", "own", { policy });
}

export default cases(iamWildcard, {
  breaks: {
    "a whole service": {
      change: (stack) => statements(stack).push({ Effect: "Allow", Action: ["ec2:*", "s3:Get*"], Resource: "*" }),
      finds: [`${label}: ${says("ec2:*")}`],
    },
    "everything, in JSON, whatever its condition": {
      change: (stack) =>
        addPolicy(stack, {
          Action: "*",
          Resource: ["*"],
          Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
        }),
      finds: [`iam Policy own: ${says("*")}`],
    },
    "everything but one service": {
      change: (stack) => addPolicy(stack, { NotAction: "iam:*", Resource: "*" }),
      finds: [`iam Policy own: ${says("everything but iam:*")}`],
    },
    "every bucket": {
      change: (stack) => addPolicy(stack, { Action: "s3:*", Resource: "arn:aws:s3:::*" }),
      finds: [`iam Policy own: ${says("s3:*")}`],
    },
    "a whole service, in another spelling": {
      change: (stack) => addPolicy(stack, { Action: "s3:?**", Resource: "*" }),
      finds: [`iam Policy own: ${says("s3:?**")}`],
    },
    "a role's inline policy": {
      change: (stack) =>
        (stack.resource("aws:iam/role:Role", "eks-istio-dev-nodes").inlinePolicies = [
          {
            name: "own",
            policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "kms:*", Resource: "*" } }),
          },
        ]),
      finds: [`iam Role eks-istio-dev-nodes: ${says("kms:*")}`],
    },
  },
  keeps: {
    "reading everything of a kind": (stack) => addPolicy(stack, { Action: ["ec2:Describe*"], Resource: "*" }),
    "a whole service on one resource": (stack) => addPolicy(stack, { Action: "s3:*", Resource: "arn:aws:s3:::own/*" }),
    "a whole service under a condition": (stack) =>
      addPolicy(stack, {
        Action: "ec2:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/team": "shop" } },
      }),
    "a denial": (stack) => addPolicy(stack, { Effect: "Deny", Action: "*", Resource: "*" }),
  },
});
