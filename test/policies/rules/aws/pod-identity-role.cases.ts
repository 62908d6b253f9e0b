import { podIdentityRole } from "../../../../policies/rules/aws/pod-identity-role";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const name = "eks-istio-dev-load-balancer-controller";
const association = (stack: StackDraft): Loose =>
  stack.resource("aws:eks/podIdentityAssociation:PodIdentityAssociation", name);
const trusted = (stack: StackDraft): Loose => stack.resource("aws:iam/role:Role", name).assumeRolePolicy;
const label = `eks PodIdentityAssociation ${name}`;

export default cases(podIdentityRole, {
  breaks: {
    "another ServiceAccount than the role trusts": {
      change: (stack) => (association(stack).serviceAccount = "controller"),
      finds: [
        `${label}: is for the serviceAccount controller, but the role ${name} trusts aws-load-balancer-controller only, so its pods get no credentials. Make serviceAccount and the condition aws:RequestTag/kubernetes-service-account in the role's trust policy the same.`,
      ],
    },
    "another namespace than the role trusts": {
      change: (stack) =>
        (trusted(stack).Statement[0].Condition.StringEquals["aws:RequestTag/kubernetes-namespace"] = ["shop", "tools"]),
      finds: [
        `${label}: is for the namespace kube-system, but the role ${name} trusts shop, tools only, so its pods get no credentials. Make namespace and the condition aws:RequestTag/kubernetes-namespace in the role's trust policy the same.`,
      ],
    },
    "another cluster than the role trusts": {
      change: (stack) => (association(stack).clusterName = "old"),
      finds: [
        `${label}: is for the clusterName old, but the role ${name} trusts eks-istio-dev only, so its pods get no credentials. Make clusterName and the condition aws:RequestTag/eks-cluster-name in the role's trust policy the same.`,
      ],
    },
    "no session tags for a role that asks for them": {
      change: (stack) => (association(stack).disableSessionTags = true),
      finds: [
        `${label}: sends no session tags, but the role ${name} asks for kubernetes-namespace, so its pods get no credentials. Leave disableSessionTags out, or compare something else in the role's trust policy.`,
      ],
    },
    "a role that may not be tagged": {
      change: (stack) => (trusted(stack).Statement[0].Action = "sts:AssumeRole"),
      finds: [
        `${label}: the role ${name} doesn't allow sts:TagSession to pods.eks.amazonaws.com, so its pods get no credentials. Add sts:TagSession to its trust policy's actions.`,
      ],
    },
    "a role for another service": {
      change: (stack) => (trusted(stack).Statement[0].Principal.Service = "ec2.amazonaws.com"),
      finds: [
        `${label}: the role ${name} doesn't trust pods.eks.amazonaws.com, so its pods get no credentials. Let Principal.Service pods.eks.amazonaws.com take it in its trust policy.`,
      ],
    },
  },
  keeps: {
    "a second statement that fits": (stack) => {
      const [first] = trusted(stack).Statement;
      trusted(stack).Statement.push({ ...first, Condition: {} });
      association(stack).serviceAccount = "controller";
    },
    "a pattern": (stack) => {
      const [first] = trusted(stack).Statement;
      first.Condition = { StringLike: { "aws:RequestTag/kubernetes-namespace": "kube-*" } };
    },
    "a role that is made elsewhere": (stack) => {
      stack.remove("aws:iam/role:Role");
      association(stack).serviceAccount = "controller";
    },
  },
});
