import { nodeKey } from "../../../../policies/rules/aws/node-key";
import { cases } from "../../cases";

const says =
  'whoever has the file of the key pair "ops" is root on every node, and no log says who it was. Leave the key pair out, and use Session Manager or `kubectl debug node`.';

export default cases(nodeKey, {
  breaks: {
    "a key pair in a launch template": {
      change: (stack) => (stack.resource("aws:ec2/launchTemplate:LaunchTemplate").keyName = "ops"),
      finds: [`ec2 LaunchTemplate eks-istio-dev-default: ${says}`],
    },
    "a key pair of a node group": {
      change: (stack) =>
        (stack.resource("aws:eks/nodeGroup:NodeGroup").remoteAccess = {
          ec2SshKey: "ops",
          sourceSecurityGroupIds: ["sg-1"],
        }),
      finds: [`eks NodeGroup eks-istio-dev-default: ${says}`],
    },
  },
  keeps: {
    "an empty name": (stack) => (stack.resource("aws:ec2/launchTemplate:LaunchTemplate").keyName = ""),
  },
});
