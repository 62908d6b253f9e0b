/**
 * The availability zones of each AWS region, by letter.
 *
 * A region that is not listed here must name its zones in the stack file.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const letters = new Map(
  Object.entries({
    "af-south-1": "abc",
    "ap-east-1": "abc",
    "ap-east-2": "abc",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ap-northeast-3": "abc",
    "ap-south-1": "abc",
    "ap-south-2": "abc",
    "ap-southeast-1": "abc",
    "ap-southeast-2": "abc",
    "ap-southeast-3": "abc",
    "ap-southeast-4": "abc",
    "ap-southeast-5": "abc",
    "ap-southeast-6": "abc",
    "ap-southeast-7": "abc",
    "ca-central-1": "abd",
    "ca-west-1": "abc",
    "eu-central-1": "abc",
    "eu-central-2": "abc",
    "eu-north-1": "abc",
    "eu-south-1": "abc",
    "eu-south-2": "abc",
    "eu-west-1": "abc",
    "eu-west-2": "abcd",
    "eu-west-3": "abc",
    "il-central-1": "abc",
    "me-central-1": "abc",
    "me-south-1": "abc",
    "mx-central-1": "abc",
    "sa-east-1": "abc",
    "us-east-1": "abcdef",
    "us-east-2": "abc",
    "us-west-1": "abc",
    "us-west-2": "abcd",
  }),
);

/** An account sees two of us-west-1's three zones, and which two differs between accounts. */
const zonesPerAccount = new Map([["us-west-1", 2]]);

/** The zones of a region, e.g. `["us-east-2a", "us-east-2b", "us-east-2c"]`, or undefined for a region not known here. */
export function zonesOf(region: string): readonly string[] | undefined {
  return letters
    .get(region)
    ?.split("")
    .map((letter) => `${region}${letter}`);
}

/** How many of a region's zones one account can use; undefined for a region not known here. */
export function usableZones(region: string): number | undefined {
  return zonesPerAccount.get(region) ?? letters.get(region)?.length;
}

/** The regions known here. */
export const knownRegions: readonly string[] = [...letters.keys()];
