/**
 * Names that AWS limits. Most begin with the cluster's name, and all end in the eight characters ("-1a2b3c4")
 * with which Pulumi makes a name unique.
 */
const engineSuffix = 8;

/** IAM role names: 64 characters. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const iamRoleLimit = 64;

/** The longest Pulumi name of a role. */
export const longestRoleName = iamRoleLimit - engineSuffix;

/** The longest that a role of ours adds behind the cluster's name. A test holds it against the plan. */
const longestRoleSuffix = "-load-balancer-controller".length;

/** The longest cluster name whose roles keep to IAM's limit. */
export const longestClusterName = longestRoleName - longestRoleSuffix;
