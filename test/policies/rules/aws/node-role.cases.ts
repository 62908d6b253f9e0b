import { nodeRole } from "../../../../policies/rules/aws/node-role";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const attachment = (stack: StackDraft, name: string): Loose =>
  stack.resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `eks-istio-dev-${name}`);

export default cases(nodeRole, {
  breaks: {
    "a driver's policy": {
      change: (stack) =>
        (attachment(stack, "nodes-AmazonEKS_CNI_Policy").policyArn =
          "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"),
      finds: [
        "iam RolePolicyAttachment eks-istio-dev-nodes-AmazonEKS_CNI_Policy: gives AmazonEBSCSIDriverPolicy to the nodes (eks-istio-dev-nodes): whatever breaks out of any pod has it, too. Give the pods that need it a role of their own, by Pod Identity.",
      ],
    },
    "all of S3": {
      change: (stack) =>
        (attachment(stack, "nodes-AmazonEKS_CNI_Policy").policyArn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"),
      finds: [
        "iam RolePolicyAttachment eks-istio-dev-nodes-AmazonEKS_CNI_Policy: gives AmazonS3FullAccess to the nodes (eks-istio-dev-nodes): whatever breaks out of any pod has it, too. Give the pods that need it a role of their own, by Pod Identity.",
      ],
    },
  },
  keeps: {
    "Session Manager for the nodes": (stack) =>
      (attachment(stack, "nodes-AmazonEKS_CNI_Policy").policyArn =
        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
    "a driver's policy for its pods": (stack) =>
      (attachment(stack, "addons-ebs-csi-driver").policyArn = "arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2"),
  },
});
