import { eksVersion } from "../../../../policies/rules/aws/eks-version";
import { cases } from "../../cases";

export default cases(eksVersion, {
  breaks: {
    "a version in extended support, in a plan": {
      change: (stack) => (stack.resource("eks:index:Cluster").version = "1.33"),
      severity: "advisory",
      finds: [
        "eks Cluster eks-istio-dev: Kubernetes 1.33 left standard support on 2026-07-29: the control plane costs six times as much, and on 2027-07-29 AWS upgrades it unasked. Upgrade to 1.34 now, and on to 1.36.",
      ],
    },
    "a version that nobody knows": {
      change: (stack) => (stack.resource("eks:index:Cluster").version = "1.30"),
      severity: "mandatory",
      finds: [
        'eks Cluster eks-istio-dev: "1.30" is no Kubernetes version that EKS supports: a new cluster is refused, and AWS upgrades an old one unasked. Use 1.36; an existing cluster goes there one minor version at a time.',
      ],
    },
    "a version with a patch, in the engine": {
      change: (stack) => (stack.openCluster().version = "1.35.1"),
      severity: "mandatory",
      finds: [
        'eks Cluster eks-istio-dev-eksCluster: "1.35.1" is no Kubernetes version that EKS supports: a new cluster is refused, and AWS upgrades an old one unasked. Use 1.36; an existing cluster goes there one minor version at a time.',
      ],
    },
    "a version that is newer than the table": {
      change: (stack) => (stack.openCluster().version = "1.37"),
      severity: "advisory",
      finds: [
        "eks Cluster eks-istio-dev-eksCluster: Kubernetes 1.37 is newer than any version known here (1.36), so nobody checked when its support ends. Check that EKS and Istio support it, and add it to the table of this rule.",
      ],
    },
  },
  keeps: {
    "a version on its last days of standard support": (stack) => (stack.resource("eks:index:Cluster").version = "1.34"),
    "no version, for which EKS takes its own default": (stack) => delete stack.resource("eks:index:Cluster").version,
    "the engine's cluster": (stack) => stack.openCluster(),
  },
});
