import { Netmask } from "netmask";
import { defaults } from "../defaults";
import { privateRanges } from "./ranges";
import { closest } from "../reading/suggestions";
import { knownRegions, usableZones, zonesOf } from "./zones";
import { eachRepeated, type Check, type Draft, type Report } from "../check";

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
          "has no effect beside existing: that VPC is somebody else's",
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

function checkZones({ region }: Draft, zones: readonly string[] | undefined, report: Report): void {
  if (!region) return;
  const known = zonesOf(region);
  const near = known ? undefined : closest(region, knownRegions);
  if (!zones) {
    if (!known)
      report(
        "network",
        ["zones"],
        `must be set, as the zones of ${region} are not known to this project`,
        near
          ? `Did you mean "${near}" in aws:region? If not, list two to four, e.g. [${region}a, ${region}b, ${region}c].`
          : `List two to four, e.g. [${region}a, ${region}b, ${region}c].`,
      );
    return;
  }
  if (zones.length < 2 || zones.length > 4)
    report(
      "network",
      ["zones"],
      `must have two to four zones, and has ${zones.length}`,
      `List two to four of ${(known ?? [`${region}a`, `${region}b`, `${region}c`]).join(", ")}.`,
    );
  eachRepeated(zones, (index) => report("network", ["zones", index], "is listed twice", "List each zone once."));
  zones.forEach((zone, index) => {
    const other = !zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length));
    if (other)
      report(
        "network",
        ["zones", index],
        `is not a zone of ${region}, the stack's region`,
        near ? `Did you mean "${near}" in aws:region?` : `Write one of ${(known ?? [`${region}a`]).join(", ")}.`,
      );
    else if (known && !known.includes(zone))
      report(
        "network",
        ["zones", index],
        `does not exist: the zones of ${region} are ${known.join(", ")}`,
        `Write one of ${known.join(", ")}.`,
      );
  });
  const usable = usableZones(region);
  if (usable !== undefined && zones.length > usable && zones.length <= 4) {
    report(
      "network",
      ["zones"],
      `has ${zones.length} zones, and an account can use ${usable} of ${region}`,
      `List the ${usable} that your account has: aws ec2 describe-availability-zones --region ${region}.`,
    );
  }
}
