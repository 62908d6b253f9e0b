import { Netmask } from "netmask";
import { defaults } from "../defaults";
import { privateRanges } from "./ranges";
import { closest } from "../reading/suggestions";
import { isZoneId, knownRegions, usableZones, zoneIdPrefix, zonesOf, zonesWithoutEks, zoneWithoutEks } from "./zones";
import type { Check, Draft, Report } from "../check";
import { eachRepeated } from "../repeated";

/** EKS takes no single zone, and the VPC's range is cut for four. */
const [fewestZones, mostZones] = [2, 4];

/** The smallest VPC leaves each public subnet a /28: the load balancer wants 8 free addresses, AWS keeps 5. */
const largestPrefix = 21;
/** The largest VPC that AWS allows. */
const smallestPrefix = 16;

/** Zones against the region, ranges against what AWS and our subnets need, an existing VPC against a new one. */
export const checkNetwork: Check = (draft, report) => {
  const { network } = draft;
  if (!network) return;
  if (network.existing) {
    for (const key of ["cidr", "zones", "nat", "flowLogs"] as const) {
      if (network[key] !== undefined)
        report(
          "network",
          [key],
          "has no effect beside existing: this stack changes nothing in a VPC that it didn't make",
          `Remove "${key}" or "existing".`,
        );
    }
    const { privateSubnetIds, publicSubnetIds } = network.existing;
    const subnetIds = [...privateSubnetIds, ...publicSubnetIds];
    const place = (index: number) => [
      "existing",
      ...(index < privateSubnetIds.length
        ? ["privateSubnetIds", index]
        : ["publicSubnetIds", index - privateSubnetIds.length]),
    ];
    eachRepeated(
      subnetIds,
      (index) => report("network", place(index), "is listed twice", "List each subnet once."),
      (index) => draft.guessed("network", place(index)),
    );
    return;
  }
  if (network.cidr) checkCidr(network.cidr, report);
  checkZones(draft, network.zones, report);
};

function checkCidr(cidr: string, report: Report): void {
  const block = new Netmask(cidr);
  if (block.base !== cidr.split("/")[0])
    report("network", ["cidr"], "is not the first address of its range", `Write "${block.base}/${block.bitmask}".`);
  if (block.bitmask < smallestPrefix || block.bitmask > largestPrefix) {
    report(
      "network",
      ["cidr"],
      `must be a range of size /${smallestPrefix} to /${largestPrefix}: AWS allows none larger, and the subnets of a smaller one are too small for a load balancer`,
      `Write "${block.base}/${smallestPrefix}", or another size in these bounds.`,
    );
  } else if (!privateRanges.some((range) => range.contains(block))) {
    report(
      "network",
      ["cidr"],
      "is not a private range",
      `Use one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10, e.g. "${defaults.network.cidr}".`,
    );
  }
}

/** How many zones of a region a stack may have, in words. */
function howMany(region: string): string {
  const most = Math.min(usableZones(region) ?? mostZones, mostZones);
  return ["two", "two or three", "two to four"][most - fewestZones] ?? "two";
}

function checkZones({ region }: Draft, zones: readonly string[] | undefined, report: Report): void {
  if (!region) return;
  const known = zonesOf(region);
  const near = known ? undefined : closest(region, knownRegions);
  if (!zones) {
    const without = zoneWithoutEks(region);
    if (!known)
      report(
        "network",
        ["zones"],
        `must be set, as the zones of ${region} are not known to this project`,
        near
          ? `Did you mean "${near}" in aws:region? If not, list ${howMany(region)}, e.g. [${region}a, ${region}b, ${region}c].`
          : `List ${howMany(region)}, e.g. [${region}a, ${region}b, ${region}c].`,
      );
    else if (without)
      report(
        "network",
        ["zones"],
        `must be set in ${region}: EKS is not in all of its zones, and which letter that concerns differs by account`,
        `A new stack lists ${howMany(region)} by id, without ${without}: aws ec2 describe-availability-zones --region ${region} shows yours. A stack that stands keeps the names that its subnets have.`,
      );
    return;
  }
  const suggested = known ?? [`${region}a`, `${region}b`, `${region}c`];
  const usable = usableZones(region);
  if (zones.length < fewestZones || zones.length > mostZones)
    report(
      "network",
      ["zones"],
      `must have ${howMany(region)} zones, and has ${zones.length}`,
      `List ${howMany(region)} of ${suggested.join(", ")}.`,
    );
  eachRepeated(zones, (index) => report("network", ["zones", index], "is listed twice", "List each zone once."));
  const ids = zones.filter(isZoneId);
  if (ids.length > 0 && ids.length < zones.length)
    report(
      "network",
      ["zones"],
      "has names and ids: they may be of one zone, as the name of an id differs by account",
      "Write all as names, or all as ids.",
    );
  zones.forEach((zone, index) => {
    const found = checkZone(zone, region, known, near);
    if (found) report("network", ["zones", index], ...found);
  });
  if (usable !== undefined && zones.length > usable && zones.length <= mostZones) {
    report(
      "network",
      ["zones"],
      `has ${zones.length} zones, and an account can use ${usable} of ${region}`,
      `List ${howMany(region)} that your account has: aws ec2 describe-availability-zones --region ${region}.`,
    );
  }
}

/** What is wrong with one zone, and what to write instead. */
function checkZone(
  zone: string,
  region: string,
  known: readonly string[] | undefined,
  near: string | undefined,
): [rule: string, fix: string] | undefined {
  const suggested = known ?? [`${region}a`];
  if (zonesWithoutEks.includes(zone) && zone.startsWith(isZoneId(zone) ? zoneIdPrefix(region) : region))
    return ["is a zone that EKS is not in: it refuses the cluster", `Write another of ${region}'s zones.`];
  const start = isZoneId(zone) ? `${zoneIdPrefix(region)}-az` : region;
  const rest = zone.slice(start.length);
  if (isZoneId(zone) && !known) return undefined;
  if (!zone.startsWith(start) || !(isZoneId(zone) ? /^[1-6]$/ : /^[a-z]$/).test(rest))
    return [
      `is not a zone of ${region}, the stack's region`,
      near
        ? `Did you mean "${near}" in aws:region?`
        : isZoneId(zone)
          ? `Write one that begins with ${start}: aws ec2 describe-availability-zones --region ${region} shows them.`
          : `Write one of ${suggested.join(", ")}.`,
    ];
  if (!isZoneId(zone) && known && !known.includes(zone))
    return [`does not exist: the zones of ${region} are ${known.join(", ")}`, `Write one of ${known.join(", ")}.`];
  return undefined;
}
