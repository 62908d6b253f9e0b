import { eksPublicEndpoint } from "../../../../policies/rules/aws/eks-public-endpoint";
import { cases } from "../../cases";

const everybody =
  "opens the Kubernetes API to the whole internet: anybody may try stolen credentials on it. List the addresses that administrators come from, or set endpointPublicAccess to false.";

export default cases(eksPublicEndpoint, {
  breaks: {
    "everybody among the addresses, in a plan": {
      change: (stack) => stack.resource("eks:index:Cluster").publicAccessCidrs.push("0.0.0.0/0"),
      finds: [`eks Cluster eks-istio-dev: 0.0.0.0/0 ${everybody}`],
    },
    "everybody among the addresses, in the engine": {
      change: (stack) => stack.openCluster().vpcConfig.publicAccessCidrs.push("::/0"),
      finds: [`eks Cluster eks-istio-dev-eksCluster: ::/0 ${everybody}`],
    },
    "no addresses at all, where EKS lets in everybody": {
      change: (stack) => delete stack.resource("eks:index:Cluster").publicAccessCidrs,
      finds: [
        "eks Cluster eks-istio-dev: the public endpoint is on and lists no addresses, which opens the Kubernetes API to the whole internet. List the addresses that administrators come from in publicAccessCidrs, or set endpointPublicAccess to false.",
      ],
    },
  },
  keeps: {
    "an endpoint that is off, whatever is listed": (stack) => {
      const cluster = stack.resource("eks:index:Cluster");
      cluster.endpointPublicAccess = false;
      cluster.publicAccessCidrs = ["0.0.0.0/0"];
    },
    "a large range": (stack) => (stack.resource("eks:index:Cluster").publicAccessCidrs = ["203.0.0.0/10"]),
    "the engine's cluster": (stack) => stack.openCluster(),
  },
});
