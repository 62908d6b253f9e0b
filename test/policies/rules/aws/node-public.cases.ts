import { nodePublic } from "../../../../policies/rules/aws/node-public";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const subnet = (stack: StackDraft, name: string): Loose =>
  stack.resource("aws:ec2/subnet:Subnet", `eks-istio-dev-network-${name}`);
const template = (stack: StackDraft): Loose => stack.resource("aws:ec2/launchTemplate:LaunchTemplate");

export default cases(nodePublic, {
  breaks: {
    "a node group's subnet that gives public addresses": {
      change: (stack) => (subnet(stack, "private-ap-northeast-2b").mapPublicIpOnLaunch = true),
      finds: [
        "ec2 Subnet eks-istio-dev-network-private-ap-northeast-2b: gives public addresses to the nodes of eks-istio-dev-default: each is one open port away from the internet. Set mapPublicIpOnLaunch to false, or name private subnets for the node group.",
      ],
    },
    "a launch template that gives them, as text": {
      change: (stack) => (template(stack).networkInterfaces = [{ associatePublicIpAddress: "true" }]),
      finds: [
        'ec2 LaunchTemplate eks-istio-dev-default: gives public addresses to its instances: each is one open port away from the internet. Set associatePublicIpAddress to "false", or leave it out and use private subnets.',
      ],
    },
    "a launch template that gives them": {
      change: (stack) => (template(stack).networkInterfaces = [{ associatePublicIpAddress: true }]),
      finds: [
        'ec2 LaunchTemplate eks-istio-dev-default: gives public addresses to its instances: each is one open port away from the internet. Set associatePublicIpAddress to "false", or leave it out and use private subnets.',
      ],
    },
    "a cluster that gives them to its own nodes": {
      change: (stack) => (stack.resource("eks:index:Cluster").nodeAssociatePublicIpAddress = true),
      finds: [
        "Cluster eks-istio-dev: gives public addresses to its nodes: each is one open port away from the internet. Set nodeAssociatePublicIpAddress to false.",
      ],
    },
  },
  keeps: {
    "a public subnet without nodes": (stack) => (subnet(stack, "public-ap-northeast-2a").mapPublicIpOnLaunch = true),
    "a public subnet that the node group only waits for": (stack) => {
      subnet(stack, "public-ap-northeast-2a").mapPublicIpOnLaunch = true;
      const isIt = ({ type, name }: { type: string; name: string }) =>
        type === "aws:ec2/subnet:Subnet" && name.includes("public-ap-northeast-2a");
      const urn = stack.resources.find(isIt)?.urn ?? "";
      stack.resources = stack.resources.map((one) =>
        one.type === "aws:eks/nodeGroup:NodeGroup" ? { ...one, dependencies: [...one.dependencies, urn] } : one,
      );
    },
    "a launch template that gives none": (stack) =>
      (template(stack).networkInterfaces = [{ associatePublicIpAddress: "false" }, {}]),
  },
});
