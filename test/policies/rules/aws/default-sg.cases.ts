import { defaultSg } from "../../../../policies/rules/aws/default-sg";
import { cases } from "../../cases";

const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

export default cases(defaultSg, {
  breaks: {
    "rules in both directions": {
      change: (stack) => {
        const group = stack.resource(type);
        group.ingress = [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }];
        group.egress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
      },
      finds: ["ingress", "egress"].map(
        (key) =>
          `ec2 DefaultSecurityGroup eks-istio-dev-network-default-security-group: has ${key} rules: whatever is made without a security group of its own gets them. Leave ${key} out, and give what needs it a security group of its own.`,
      ),
    },
    "a VPC whose default group nobody adopts": {
      change: (stack) => stack.remove(type),
      finds: [
        "ec2 Vpc eks-istio-dev-network-vpc: leaves the default security group of 10.0.0.0/16 as AWS makes it: whatever is made without a group of its own reaches everything in there and the whole internet. Add an aws.ec2.DefaultSecurityGroup for it, with no rules.",
      ],
    },
  },
  keeps: {
    "empty lists": (stack) => Object.assign(stack.resource(type), { ingress: [], egress: [] }),
    "a VPC of others": (stack) => {
      stack.remove(type);
      stack.remove("aws:ec2/vpc:Vpc");
    },
  },
});
