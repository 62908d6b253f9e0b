import { iamAdmin } from "../../../../policies/rules/aws/iam-admin";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const role = (stack: StackDraft): Loose => stack.resource("aws:iam/role:Role", "eks-istio-dev-nodes");
const attachment = (stack: StackDraft): Loose =>
  stack.resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "eks-istio-dev-addons-ebs-csi-driver");

const says = (policy: string) =>
  `attaches ${policy}: whoever gets these credentials owns the account, backups and audit trail included. Attach a policy with the actions that are used.`;

export default cases(iamAdmin, {
  breaks: {
    "an attachment": {
      change: (stack) => (attachment(stack).policyArn = "arn:aws:iam::aws:policy/AdministratorAccess"),
      finds: [`iam RolePolicyAttachment eks-istio-dev-addons-ebs-csi-driver: ${says("AdministratorAccess")}`],
    },
    "a role's own list, in another partition": {
      change: (stack) => (role(stack).managedPolicyArns = ["arn:aws-cn:iam::aws:policy/IAMFullAccess"]),
      finds: [`iam Role eks-istio-dev-nodes: ${says("IAMFullAccess")}`],
    },
    "a group's attachment": {
      change: (stack) =>
        stack.addResource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "ops", {
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
      finds: [`iam GroupPolicyAttachment ops: ${says("AdministratorAccess")}`],
    },
  },
  keeps: {
    "a policy of that name of one's own": (stack) =>
      (attachment(stack).policyArn = "arn:aws:iam::123456789012:policy/AdministratorAccess"),
    "read access": (stack) => (role(stack).managedPolicyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
  },
});
