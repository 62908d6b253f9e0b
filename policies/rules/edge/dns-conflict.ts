import { groupBy, type Inventory } from "../../engine/inventory";
import type { Check, Rule } from "../../engine/rule";
import { normal, records, assertRecordKnown, type DnsRecord } from "../../facts/edge/dns";

/** No two records of a zone contradict each other. */
export const dnsConflict: Rule = {
  id: "AWS-DNS-CONFLICT",
  severity: "mandatory",
  title: "a zone has each record once, and a CNAME alone under its name",
  why: "Route 53 refuses the second of two records, or one overwrites the other with every deployment.",
  fix: "Keep one of them, or give each a set identifier and a routing policy.",
  codes: [],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",

  judge: (inventory, check) => check.each(records(inventory), (record) => judge(record, inventory, check)),
};

function judge(record: DnsRecord, inventory: Inventory, check: Check): void {
  const { resource, zone } = record;
  const [name, type] = [record.name(), record.type()];
  if (type === "CNAME" && zone && name === normal(zone.get("name").text() ?? "")) {
    check.violation(resource.get("type"), {
      message: `${name} is the zone's own name, where no CNAME can stand beside the zone's NS and SOA records.`,
      fix: "Make it an A record with an alias.",
    });
    return;
  }
  if (resource.get("setIdentifier").exists) return;
  const all = inventory.once(byZoneAndName).get(`${zoneOf(record)} ${name}`) ?? [];
  const others = all.filter((one) => one !== record);
  const same = all.slice(0, all.indexOf(record)).find((one) => one.type() === type);
  if (same)
    check.violation(resource, {
      message: `${name} has another ${type} record already (${same.resource.name}): Route 53 refuses the second, or each deployment overwrites the other.`,
      fix: "Keep one of them.",
    });
  else if (type === "CNAME" && others.some((one) => one.type() !== "CNAME"))
    check.violation(resource.get("type"), {
      message: `${name} has a CNAME and other records (${others.map((one) => one.type()).join(", ")}): Route 53 refuses a CNAME beside anything.`,
      fix: "Make it an A record with an alias, or take the others out.",
    });
  else inventory.once(unclear).forEach(assertAllKnown);
}

function unclear(inventory: Inventory): readonly DnsRecord[] {
  return records(inventory).filter((record) => record.isUnclear || isZoneUnclear(record));
}

function assertAllKnown(record: DnsRecord): void {
  assertRecordKnown(record);
  zoneOf(record);
}

function byZoneAndName(inventory: Inventory): ReadonlyMap<string, readonly DnsRecord[]> {
  const known = records(inventory).filter(
    (record) => !record.isUnclear && !isZoneUnclear(record) && !record.resource.get("setIdentifier").isUnknown,
  );
  return groupBy(
    known.filter(({ resource }) => !resource.get("setIdentifier").exists),
    (record) => `${zoneOf(record)} ${record.name()}`,
  );
}

/** Which zone a record is in. Throws if that is unknown. */
function zoneOf({ zone, resource }: DnsRecord): string {
  return zone?.data.urn ?? resource.get("zoneId").text() ?? "";
}

function isZoneUnclear({ zone, resource }: DnsRecord): boolean {
  return zone === undefined && resource.get("zoneId").isUnknown;
}
