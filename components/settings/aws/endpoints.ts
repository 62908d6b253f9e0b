import { partitionOf } from "./partition";

/** What stands behind a region in the names of its endpoints: those of IPv4, and those that have both. */
const suffixes = {
  aws: ["amazonaws.com", "api.aws"],
  "aws-us-gov": ["amazonaws.com", "api.aws"],
  "aws-cn": ["amazonaws.com.cn", "api.amazonwebservices.com.cn"],
} as const;

/**
 * All endpoints of a region's services, by two wildcards. Services that have one endpoint for all regions, e.g.
 * `iam.amazonaws.com`, are not among them.
 *
 * @example regionalEndpoints("eu-west-1") // ["*.eu-west-1.amazonaws.com", "*.eu-west-1.api.aws"]
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export function regionalEndpoints(region: string): readonly string[] {
  return suffixes[partitionOf(region)].map((suffix) => `*.${region}.${suffix}`);
}

/** Where pods ask Pod Identity's agent for credentials: on their own node. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
export const podIdentityAgent = { address: "169.254.170.23", port: 80 } as const;
