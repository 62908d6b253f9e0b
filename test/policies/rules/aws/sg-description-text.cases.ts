import { sgDescriptionText } from "../../../../policies/rules/aws/sg-description-text";
import { cases } from "../../cases";

const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const allowed = "Write letters without accents, digits, spaces and ._-:/()#,@[]+=&;{}!$* only.";
const stops = "the deployment stops here, halfway.";

export default cases(sgDescriptionText, {
  breaks: {
    "an apostrophe": {
      change: (stack) =>
        (stack.resource(rule, "eks-istio-dev-istiod-xds").description = "istiod's proxies, and istiod's own"),
      finds: [
        `vpc SecurityGroupIngressRule eks-istio-dev-istiod-xds: has a description that EC2 refuses for ': ${stops} ${allowed}`,
      ],
    },
    "several signs, a line break among them": {
      change: (stack) => (stack.resource(rule, "eks-istio-dev-istiod-xds").description = "für ein\nbüro – 80 > 79"),
      finds: [
        `vpc SecurityGroupIngressRule eks-istio-dev-istiod-xds: has a description that EC2 refuses for ü and "\\n" and – and >: ${stops} ${allowed}`,
      ],
    },
    "256 characters": {
      change: (stack) => (stack.resource(rule, "eks-istio-dev-istiod-xds").description = "a".repeat(256)),
      finds: [
        `vpc SecurityGroupIngressRule eks-istio-dev-istiod-xds: has a description of 256 characters, and EC2 refuses more than 255: ${stops} Shorten it.`,
      ],
    },
    "a group's own, and each of its entries": {
      change: (stack) =>
        stack.addResource("aws:ec2/securityGroup:SecurityGroup", "own", {
          description: 'the "nodes"',
          ingress: [{ protocol: "tcp", fromPort: 1, toPort: 2, description: "what's in" }],
          egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, description: "100%" }],
        }),
      finds: [
        `ec2 SecurityGroup own: has a description that EC2 refuses for ": ${stops} ${allowed}`,
        `ec2 SecurityGroup own: has a description that EC2 refuses for ': ${stops} ${allowed}`,
        `ec2 SecurityGroup own: has a description that EC2 refuses for %: ${stops} ${allowed}`,
      ],
    },
    "a way out, of either kind": {
      change: (stack) => {
        stack.addResource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "new", {
          ipProtocol: "-1",
          description: "anywhere?",
        });
        stack.addResource("aws:ec2/securityGroupRule:SecurityGroupRule", "old", {
          type: "egress",
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          description: "the registry^",
        });
      },
      finds: [
        `ec2 SecurityGroupRule old: has a description that EC2 refuses for ^: ${stops} ${allowed}`,
        `vpc SecurityGroupEgressRule new: has a description that EC2 refuses for ?: ${stops} ${allowed}`,
      ],
    },
  },
  keeps: {
    "every sign that EC2 takes, and 255 of them": (stack) =>
      (stack.resource(rule, "eks-istio-dev-istiod-xds").description = "aZ 09._-:/()#,@[]+=&;{}!$*".padEnd(255, "*")),
    "no description: that is another rule's": (stack) =>
      (stack.resource(rule, "eks-istio-dev-istiod-xds").description = undefined),
    "any text of a role, which is IAM's to judge": (stack) =>
      stack.addResource("aws:iam/role:Role", "own", { description: "the nodes' role", assumeRolePolicy: "{}" }),
  },
});
