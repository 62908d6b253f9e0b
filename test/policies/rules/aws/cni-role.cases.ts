import { cniRole } from "../../../../policies/rules/aws/cni-role";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const association = (stack: StackDraft, serviceAccount: string, namespace = "kube-system"): Loose =>
  stack.addResource("aws:eks/podIdentityAssociation:PodIdentityAssociation", "eks-istio-dev-cni", {
    clusterName: "eks-istio-dev",
    namespace,
    serviceAccount,
  });

const addon = (stack: StackDraft, properties: object): Loose =>
  stack.addResource("aws:eks/addon:Addon", "eks-istio-dev-vpc-cni", { addonName: "vpc-cni", ...properties });

const role = "arn:aws:iam::123456789012:role/cni";

const found = (by: string): string =>
  `iam RolePolicyAttachment eks-istio-dev-nodes-AmazonEKS_CNI_Policy: gives AmazonEKS_CNI_Policy to the nodes (eks-istio-dev-nodes), though the CNI has a role of its own by eks ${by}: whatever breaks out of any pod has it, too. Once every node's aws-node pod was created after that role, detach it (cluster.cniPermissions: podIdentity).`;

export default cases(cniRole, {
  breaks: {
    "a role by Pod Identity beside the nodes'": {
      change: (stack) => association(stack, "aws-node"),
      finds: [found("PodIdentityAssociation eks-istio-dev-cni")],
    },
    "a role by the add-on's own association": {
      change: (stack) => addon(stack, { podIdentityAssociations: [{ roleArn: role, serviceAccount: "aws-node" }] }),
      finds: [found("Addon eks-istio-dev-vpc-cni")],
    },
    "a role for the add-on's ServiceAccount": {
      change: (stack) => addon(stack, { serviceAccountRoleArn: role }),
      finds: [found("Addon eks-istio-dev-vpc-cni")],
    },
  },
  keeps: {
    "nodes without the CNI's rights": (stack) => {
      association(stack, "aws-node");
      stack.remove("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "eks-istio-dev-nodes-AmazonEKS_CNI_Policy");
    },
    "nodes whose rights are all that the CNI has": () => undefined,
    "an add-on without a role": (stack) => addon(stack, {}),
    "a role for other pods": (stack) => association(stack, "ebs-csi-controller-sa"),
    "a ServiceAccount of that name elsewhere": (stack) => association(stack, "aws-node", "shop"),
    "two clusters": (stack) => {
      association(stack, "aws-node");
      stack.addResource("aws:eks/cluster:Cluster", "another", { name: "another" });
    },
  },
});
