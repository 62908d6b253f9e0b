import { meshPorts } from "../../../../policies/rules/aws/mesh-ports";
import { unknown } from "../../../../policies/engine/value";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { addWaiting, urnOf } from "../edge/objects";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const here = "ec2 LaunchTemplate eks-istio-dev-default: no security group of these nodes (nodes) lets";

/** Gives the nodes a security group of their own, and its URN. */
function group(stack: StackDraft, properties: object): string {
  const urn = addWaiting(stack, groupType, "nodes", properties, []);
  stack.resource("aws:ec2/launchTemplate:LaunchTemplate").vpcSecurityGroupIds = [unknown];
  // The node group has the template's name, too.
  const template = urnOf(stack, "aws:ec2/launchTemplate:LaunchTemplate");
  stack.resources = stack.resources.map((one) => (one.urn === template ? { ...one, dependencies: [urn] } : one));
  return urn;
}

const webhook = `${here} the control plane reach port 15017, where istiod's webhooks listen. Open 15017 from the cluster's security group, or leave the nodes in that.`;
const xds = `${here} the nodes reach port 15012, where istiod listens. Open 15012 from the group to itself, or leave the nodes in the cluster's security group.`;
const controller = `${here} the control plane reach port 9443, where the load balancer controller's webhooks listen. Open 9443 from the cluster's security group, or leave the nodes in that.`;

const all = { protocol: "tcp", fromPort: 1025, toPort: 65535 };

export default cases(meshPorts, {
  breaks: {
    "a group that lets in nothing": {
      change: (stack) => group(stack, { ingress: [] }),
      finds: [webhook, xds, controller],
    },
    "a group that lets in its own members only": {
      change: (stack) => group(stack, { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] }),
      finds: [webhook, controller],
    },
    "rules beside the group that open other ports": {
      change: (stack) => {
        const urn = group(stack, {});
        const cluster = urnOf(stack, "eks:index:Cluster");
        const rule = { ipProtocol: "tcp", securityGroupId: unknown, referencedSecurityGroupId: unknown };
        addWaiting(stack, ruleType, "api", { ...rule, fromPort: 10250, toPort: 15017 }, [urn, cluster]);
        addWaiting(stack, ruleType, "self", { ...rule, ipProtocol: "-1" }, [urn]);
        addWaiting(stack, "aws:ec2/securityGroupRule:SecurityGroupRule", "out", { ...all, type: "egress" }, [urn]);
      },
      finds: [controller],
    },
  },
  keeps: {
    "a group that lets in the control plane": (stack) =>
      group(stack, { ingress: [{ ...all, securityGroups: [unknown] }] }),
    "a group that lets in a range": (stack) =>
      group(stack, { ingress: [{ ...all, self: true, cidrBlocks: ["10.0.0.0/16"] }] }),
    "the cluster's group beside it": (stack) => {
      group(stack, { ingress: [] });
      stack.resource("aws:ec2/launchTemplate:LaunchTemplate").vpcSecurityGroupIds.push(unknown);
    },
    "a group that others made": (stack) =>
      (stack.resource("aws:ec2/launchTemplate:LaunchTemplate").vpcSecurityGroupIds = ["sg-0123456789abcdef0"]),
    "no rules of the stack's for the cluster's own group, which lets through all": (stack) => {
      stack.remove(ruleType);
    },
  },
});
