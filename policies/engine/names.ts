/** The pack's policies, by the names that a configuration file uses. */
export const policyNames = ["eks-istio-mandatory", "eks-istio-advisory"] as const;

/** A policy that reports. Each takes the same configuration, and what one file says counts for both. */
export type PolicyName = (typeof policyNames)[number];

/** The policy that collects what the others judge, and reports nothing. */
export const collectorName = "eks-istio-collector";
