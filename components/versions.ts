/**
 * Every version this project installs, in one place, and the pairs of EKS and Istio that may run together.
 *
 * To move one: change it here, run `npm test`, and read the plan's diff.
 */

/** The add-ons EKS manages for us. Versions left open mean "most recent", so that a later preview would show a change. */
export interface AddonVersions {
  readonly "vpc-cni": string;
  readonly "kube-proxy": string;
  readonly coredns: string;
  readonly "eks-pod-identity-agent": string;
  readonly "aws-ebs-csi-driver": string;
  readonly "metrics-server": string;
}

/** The name of an EKS add-on, as AWS spells it. */
export type AddonName = keyof AddonVersions;

/**
 * One set of add-on versions for each Kubernetes version that EKS offers. A newer Kubernetes never has an older add-on,
 * so that an upgrade takes none back.
 *
 * `aws eks describe-addon-versions --kubernetes-version 1.35` lists what AWS offers today;
 * `cluster.addons` in the stack file overrides one without a change here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const addonVersions: Readonly<Record<string, AddonVersions>> = {
  "1.36": {
    "vpc-cni": "v1.23.1-eksbuild.1",
    "kube-proxy": "v1.36.0-eksbuild.25",
    coredns: "v1.14.6-eksbuild.4",
    "eks-pod-identity-agent": "v1.4.0-eksbuild.2",
    "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
    "metrics-server": "v0.8.1-eksbuild.10",
  },
  "1.35": {
    "vpc-cni": "v1.23.1-eksbuild.1",
    "kube-proxy": "v1.35.3-eksbuild.29",
    coredns: "v1.14.6-eksbuild.4",
    "eks-pod-identity-agent": "v1.4.0-eksbuild.2",
    "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
    "metrics-server": "v0.8.1-eksbuild.10",
  },
  "1.34": {
    "vpc-cni": "v1.23.1-eksbuild.1",
    "kube-proxy": "v1.34.6-eksbuild.29",
    coredns: "v1.13.2-eksbuild.24",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
    "metrics-server": "v0.8.1-eksbuild.4",
  },
  "1.33": {
    "vpc-cni": "v1.23.0-eksbuild.1",
    "kube-proxy": "v1.33.10-eksbuild.25",
    coredns: "v1.12.4-eksbuild.31",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "aws-ebs-csi-driver": "v1.63.0-eksbuild.1",
    "metrics-server": "v0.8.1-eksbuild.4",
  },
};

/** The Kubernetes versions this project has pinned add-ons for, oldest first. */
export const eksVersions: readonly string[] = Object.keys(addonVersions).sort();

/**
 * The Kubernetes versions that each Istio minor supports.
 *
 * @see https://istio.io/latest/docs/releases/supported-releases/
 */
export const istioSupport: Readonly<Record<string, readonly string[]>> = {
  "1.31": ["1.32", "1.33", "1.34", "1.35", "1.36"],
  "1.30": ["1.32", "1.33", "1.34", "1.35", "1.36"],
  "1.29": ["1.31", "1.32", "1.33", "1.34", "1.35"],
};

/** The Istio that a stack gets when it names none. Its charts have the same version. */
export const istioVersion = "1.31.1";

/**
 * The Helm repository of Istio's charts.
 *
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export const istioRepository = "https://blob.istio.io/istio-release/charts";

/**
 * The chart of the AWS Load Balancer Controller; since 3.0 the chart and the controller have the same version.
 *
 * Helm installs a chart's CRDs once and never changes them: after moving this version on a live cluster, apply the CRDs of
 * that version by hand. @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export const loadBalancerController = {
  chart: "aws-load-balancer-controller",
  repository: "https://aws.github.io/eks-charts",
  version: "3.6.0",
} as const;
