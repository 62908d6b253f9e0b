import { nodeImds } from "../../../../policies/rules/aws/node-imds";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const options = (stack: StackDraft): Loose => stack.resource("aws:ec2/launchTemplate:LaunchTemplate").metadataOptions;

const tokens = (actual: string) =>
  `ec2 LaunchTemplate eks-istio-dev-default: doesn't require tokens of the instance metadata service (httpTokens is ${actual}): whatever makes a pod fetch an address gets the node's credentials. Set metadataOptions.httpTokens to "required".`;
const hops = (actual: string) =>
  `ec2 LaunchTemplate eks-istio-dev-default: lets pods reach the instance metadata service (the hop limit is ${actual}), where they get the node's credentials. Set metadataOptions.httpPutResponseHopLimit to 1; pods that need AWS get a Pod Identity.`;

export default cases(nodeImds, {
  breaks: {
    "tokens that are optional": {
      change: (stack) => (options(stack).httpTokens = "optional"),
      finds: [tokens("optional")],
    },
    "a second hop": {
      change: (stack) => (options(stack).httpPutResponseHopLimit = 2),
      finds: [hops("2")],
    },
    "no metadata options": {
      change: (stack) => delete stack.resource("aws:ec2/launchTemplate:LaunchTemplate").metadataOptions,
      finds: [tokens("not set"), hops("not set, and 2 in Amazon Linux 2023")],
    },
    "a node group without a launch template": {
      change: (stack) => delete stack.resource("aws:eks/nodeGroup:NodeGroup").launchTemplate,
      finds: [
        "eks NodeGroup eks-istio-dev-default: has no launch template, and EKS' own lets pods reach the instance metadata service, where they get the node's credentials. Give it a launch template with metadataOptions {httpTokens: \"required\", httpPutResponseHopLimit: 1}.",
      ],
    },
    "a node group of @pulumi/eks with its own idea of IMDSv2": {
      change: (stack) =>
        stack.addResource("eks:index:ManagedNodeGroup", "more", { enableIMDSv2: true, clusterName: "eks-istio-dev" }),
      finds: [
        "ManagedNodeGroup more: has no launch template, and EKS' own lets pods reach the instance metadata service, where they get the node's credentials. Give it a launch template with metadataOptions {httpTokens: \"required\", httpPutResponseHopLimit: 1}.",
      ],
    },
  },
  keeps: {
    "a metadata service that is off": (stack) => {
      stack.resource("aws:ec2/launchTemplate:LaunchTemplate").metadataOptions = { httpEndpoint: "disabled" };
    },
    "a node group of @pulumi/eks with a launch template": (stack) =>
      stack.addResource("eks:index:ManagedNodeGroup", "more", { launchTemplate: { id: "lt-1", version: "1" } }),
  },
});
