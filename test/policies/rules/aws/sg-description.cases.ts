import { sgDescription } from "../../../../policies/rules/aws/sg-description";
import { cases } from "../../cases";

const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export default cases(sgDescription, {
  breaks: {
    "a rule that says nothing": {
      change: (stack) => (stack.resource(rule, "eks-istio-dev-istiod-xds").description = " "),
      finds: [
        "vpc SecurityGroupIngressRule eks-istio-dev-istiod-xds: an opening doesn't say what it is for: nobody will dare to close it. Set its description.",
      ],
    },
    "each entry of a group": {
      change: (stack) =>
        stack.addResource("aws:ec2/securityGroup:SecurityGroup", "own", {
          description: "nodes",
          ingress: [{ protocol: "tcp", fromPort: 1, toPort: 2, description: "" }],
          egress: [{ protocol: "tcp", fromPort: 443, toPort: 443 }],
        }),
      finds: [
        "ec2 SecurityGroup own: an opening doesn't say what it is for: nobody will dare to close it. Set its description.",
        "ec2 SecurityGroup own: a way out doesn't say what it is for: nobody will dare to close it. Set its description.",
      ],
    },
  },
  keeps: {
    "a rule of the older kind with a description": (stack) =>
      stack.addResource("aws:ec2/securityGroupRule:SecurityGroupRule", "own", {
        type: "egress",
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        description: "to the registry",
      }),
    "a group without rules": (stack) => stack.addResource("aws:ec2/securityGroup:SecurityGroup", "own", {}),
  },
});
