import { sgEgress } from "../../../../policies/rules/aws/sg-egress";
import { cases } from "../../cases";

const says = (range: string) =>
  `lets everything out to everywhere (${range}): what an intruder finds leaves on any port. Name the ports that are used, most often 443 and DNS.`;

export default cases(sgEgress, {
  breaks: {
    "a rule of the newer kind": {
      change: (stack) =>
        stack.addResource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
          ipProtocol: "-1",
          cidrIpv4: "0.0.0.0/0",
        }),
      finds: [`vpc SecurityGroupEgressRule out: ${says("0.0.0.0/0")}`],
    },
    "a rule of the older kind": {
      change: (stack) =>
        stack.addResource("aws:ec2/securityGroupRule:SecurityGroupRule", "out", {
          type: "egress",
          protocol: "all",
          fromPort: 0,
          toPort: 0,
          ipv6CidrBlocks: ["::/0"],
        }),
      finds: [`ec2 SecurityGroupRule out: ${says("::/0")}`],
    },
    "a group's entry": {
      change: (stack) =>
        stack.addResource("aws:ec2/securityGroup:SecurityGroup", "out", {
          egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        }),
      finds: [`ec2 SecurityGroup out: ${says("0.0.0.0/0")}`],
    },
  },
  keeps: {
    "one port to everywhere": (stack) =>
      stack.addResource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
      }),
    "everything to one network": (stack) =>
      stack.addResource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
        ipProtocol: "-1",
        cidrIpv4: "10.0.0.0/8",
      }),
    "everything that comes in": (stack) =>
      stack.addResource("aws:ec2/securityGroupRule:SecurityGroupRule", "in", {
        type: "ingress",
        protocol: "-1",
        cidrBlocks: ["0.0.0.0/0"],
      }),
  },
});
