import { podIdentityAgent } from "../../../../policies/rules/aws/pod-identity-agent";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

function removeAgent(stack: StackDraft): void {
  stack.remove("aws:eks/addon:Addon", "eks-istio-dev-addons-eks-pod-identity-agent");
}

export default cases(podIdentityAgent, {
  breaks: {
    "associations without the agent, in a plan": {
      change: removeAgent,
      finds: [
        "eks Cluster eks-istio-dev: has 2 Pod Identity associations but no add-on eks-pod-identity-agent: those pods get no credentials. Add the add-on eks-pod-identity-agent.",
      ],
    },
    "one association without the agent, in the engine": {
      change: (stack) => {
        removeAgent(stack);
        stack.remove("aws:eks/podIdentityAssociation:PodIdentityAssociation", "eks-istio-dev-addons-ebs-csi");
        stack.openCluster();
      },
      finds: [
        "eks Cluster eks-istio-dev-eksCluster: has 1 Pod Identity association but no add-on eks-pod-identity-agent: those pods get no credentials. Add the add-on eks-pod-identity-agent.",
      ],
    },
  },
  keeps: {
    "add-ons that somebody else looks after": (stack) => stack.remove("aws:eks/addon:Addon"),
    "no associations": (stack) => {
      removeAgent(stack);
      stack.remove("aws:eks/podIdentityAssociation:PodIdentityAssociation");
    },
    "EKS Auto Mode, in a plan": (stack) => {
      removeAgent(stack);
      stack.resource("eks:index:Cluster").autoMode = { enabled: true };
    },
    "EKS Auto Mode, in the engine": (stack) => {
      removeAgent(stack);
      stack.openCluster().computeConfig = { enabled: true };
    },
    "the agent as @pulumi/eks makes it": (stack) => {
      removeAgent(stack);
      stack.addResource("eks:index:Addon", "agent", { addonName: "eks-pod-identity-agent" });
    },
  },
});
