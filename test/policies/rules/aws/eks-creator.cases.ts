import { eksCreator } from "../../../../policies/rules/aws/eks-creator";
import { cases } from "../../cases";

const says =
  "makes its creator an administrator, by a right that stands in no code and that nobody will take away. Set accessConfig.bootstrapClusterCreatorAdminPermissions to false, and give the deployer an access entry.";

export default cases(eksCreator, {
  breaks: {
    "what @pulumi/eks always does, in a plan": {
      change: () => undefined,
      finds: [`eks Cluster eks-istio-dev: ${says}`],
    },
    "EKS' own default, in the engine": {
      change: (stack) => (stack.openCluster().accessConfig = {}),
      finds: [`eks Cluster eks-istio-dev-eksCluster: ${says}`],
    },
  },
  keeps: {
    "a creator without rights": (stack) =>
      (stack.openCluster().accessConfig.bootstrapClusterCreatorAdminPermissions = false),
  },
});
