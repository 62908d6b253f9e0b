import { sshOpen } from "../../../../policies/rules/aws/ssh-open";
import { cases } from "../../cases";

const says = (what: string, range = "0.0.0.0/0") =>
  `opens ${what} to the whole internet (${range}): strangers try stolen passwords and keys within minutes. Take the rule out and use Session Manager, or name the addresses that administrators come from.`;

const group = "aws:ec2/securityGroup:SecurityGroup";
const rule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export default cases(sshOpen, {
  breaks: {
    "SSH in a group's list": {
      change: (stack) =>
        stack.addResource(group, "bastion", {
          ingress: [
            { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
            { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] },
          ],
        }),
      finds: [`ec2 SecurityGroup bastion: ${says("SSH")}`],
    },
    "SSH in a rule of the older kind, from IPv6": {
      change: (stack) =>
        stack.addResource(rule, "ssh", {
          type: "ingress",
          protocol: "6",
          fromPort: 0,
          toPort: 1024,
          ipv6CidrBlocks: ["::/0"],
        }),
      finds: [`ec2 SecurityGroupRule ssh: ${says("SSH", "::/0")}`],
    },
    "a range of ports in a rule of the newer kind": {
      change: (stack) =>
        stack.addResource(ingressRule, "many", {
          ipProtocol: "tcp",
          fromPort: 20,
          toPort: 4000,
          cidrIpv4: "0.0.0.0/0",
        }),
      finds: [`vpc SecurityGroupIngressRule many: ${says("SSH and Remote Desktop")}`],
    },
    "every port": {
      change: (stack) => stack.addResource(ingressRule, "all", { ipProtocol: "-1", cidrIpv6: "::/0" }),
      finds: [`vpc SecurityGroupIngressRule all: ${says("every port", "::/0")}`],
    },
    "one of the sample's rules, turned into it": {
      change: (stack) => {
        const own = stack.resource(ingressRule, "eks-istio-dev-istiod-webhook");
        delete own.referencedSecurityGroupId;
        Object.assign(own, { fromPort: 3389, toPort: 3389, cidrIpv4: "0.0.0.0/0" });
      },
      finds: [`vpc SecurityGroupIngressRule eks-istio-dev-istiod-webhook: ${says("Remote Desktop")}`],
    },
    "a node group's remote access without sources": {
      change: (stack) =>
        (stack.resource("aws:eks/nodeGroup:NodeGroup").remoteAccess = { ec2SshKey: "ops", sourceSecurityGroupIds: [] }),
      finds: [
        "eks NodeGroup eks-istio-dev-default: allows SSH and names no security groups it may come from, which EKS opens to the whole internet. Leave remoteAccess out and use Session Manager, or set remoteAccess.sourceSecurityGroupIds.",
      ],
    },
  },
  keeps: {
    "SSH from some addresses": (stack) =>
      stack.addResource(group, "bastion", {
        ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.0/24"] }],
      }),
    "HTTPS from everywhere": (stack) =>
      stack.addResource(ingressRule, "web", { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" }),
    "UDP on that port": (stack) =>
      stack.addResource(ingressRule, "udp", { ipProtocol: "udp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }),
    "a rule for what goes out": (stack) =>
      stack.addResource(rule, "out", {
        type: "egress",
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlocks: ["0.0.0.0/0"],
      }),
    "remote access from a security group": (stack) =>
      (stack.resource("aws:eks/nodeGroup:NodeGroup").remoteAccess = {
        ec2SshKey: "ops",
        sourceSecurityGroupIds: ["sg-1"],
      }),
  },
});
