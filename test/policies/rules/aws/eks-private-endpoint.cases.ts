import { eksPrivateEndpoint } from "../../../../policies/rules/aws/eks-private-endpoint";
import { cases } from "../../cases";

const says =
  "has no private endpoint: nodes reach the control plane over the internet, through NAT and the public ranges, and stop being ready when either fails. Set endpointPrivateAccess to true.";

export default cases(eksPrivateEndpoint, {
  breaks: {
    "a private endpoint that is off, in a plan": {
      change: (stack) => (stack.resource("eks:index:Cluster").endpointPrivateAccess = false),
      finds: [`eks Cluster eks-istio-dev: ${says}`],
    },
    "a private endpoint that nobody turned on, in the engine": {
      change: (stack) => delete stack.openCluster().vpcConfig.endpointPrivateAccess,
      finds: [`eks Cluster eks-istio-dev-eksCluster: ${says}`],
    },
  },
  keeps: {
    "a private endpoint alone": (stack) => (stack.resource("eks:index:Cluster").endpointPublicAccess = false),
    "the engine's cluster": (stack) => stack.openCluster(),
  },
});
