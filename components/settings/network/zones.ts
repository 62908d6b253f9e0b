/**
 * The availability zones of each AWS region, by letter, but for those that EKS is not in.
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
    "us-east-1": "abcdf",
    "us-east-2": "abc",
    "us-west-1": "abc",
    "us-west-2": "abcd",
  }),
);

/**
 * Regions in which EKS is not in every zone, with an id of each such zone. Which letter that is differs by account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html#network-requirements-subnets
 */
const withoutEks = new Map([
  ["us-east-1", "use1-az3"],
  ["us-west-1", "usw1-az2"],
  ["ca-central-1", "cac1-az3"],
]);

/** Zones that EKS is not in: their ids, and the one name that is the same in nearly every account (pulumi-eks#1401). */
export const zonesWithoutEks: readonly string[] = ["us-east-1e", ...withoutEks.values()];

/** The id of the one zone of a region that EKS is not in; undefined where it is in all. */
export function zoneWithoutEks(region: string): string | undefined {
  return withoutEks.get(region);
}

/** Whether it is a zone's id, which is the same in every account, and not its name. */
export function isZoneId(zone: string): boolean {
  return /^[a-z]+\d+-az\d+$/.test(zone);
}

/**
 * How the ids of a region's zones begin: `use1` in us-east-1, `apne2` in ap-northeast-2, `usgw1` in us-gov-west-1. All that AWS
 * lists follow this.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
export function zoneIdPrefix(region: string): string {
  const [area = "", ...rest] = region.split("-");
  const initials = rest
    .slice(0, -1)
    .map((part) => part.replace(/(north|south|east|west|central|gov)/g, (word) => word.slice(0, 1)));
  return `${area}${initials.join("")}${rest.at(-1) ?? ""}`;
}

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
