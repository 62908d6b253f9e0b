import { releases } from "../../facts/charts/releases";
import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { dependenciesOf } from "../../facts/pulumi/dependencies";

/** A name leads somewhere. */
export const recordDangling: Rule = {
  id: "AWS-RECORD-DANGLING",
  severity: "mandatory",
  title: "no record points at a name that nobody makes",
  why: "Clients get no answer, or one from whoever takes that name next.",
  fix: "Point the record at what this stack makes, or take it out.",
  codes: ["CKV2_AWS_23"],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType(recordType), (record) => {
      // What waits for something other than its zone points at that.
      if (record.data.dependencies.some((urn) => inventory.withUrn(urn)?.type !== zoneType)) return;
      check.each(record.get("aliases").list(), (alias) => judgeTarget(alias.get("name"), inventory, check));
      if (record.get("type").text() !== "CNAME") return;
      check.each(record.get("records").list(), (target) => judgeTarget(target, inventory, check));
    }),
};

const recordType = "aws:route53/record:Record";
const zoneType = "aws:route53/zone:Zone";

function judgeTarget(target: Value, inventory: Inventory, check: Check): void {
  const host = plain(target.text() ?? "");
  if (ofAws.some((pattern) => pattern.test(host))) {
    check.violation(target, {
      message: `points at "${host}", which is written by hand: when that is replaced, the name leads nowhere, or to whoever gets it next.`,
      fix: "Take the name from the resource that has it, or take the record out.",
      // It may well be there, made by others.
      severity: "advisory",
    });
    return;
  }
  const zones = inventory.once(zoneNames);
  const zone = suffixes(host).find((name) => zones.known.has(name));
  if (zone === undefined) {
    // One of these may be the zone that the name is in: reading it says that it is unknown.
    for (const value of zones.unknown) value.text();
    return;
  }
  const records = inventory.once(recordNames);
  const isAnswered = answering(host).some((name) => records.known.has(name));
  if (isAnswered || isDelegated(host, zone, records) || hasExternalDns(inventory)) return;
  for (const value of records.unknown) value.text();
  check.violation(target, {
    message: `points at "${host}", but nothing in the zone ${zone} is for that name: clients get no answer.`,
    fix: "Make that record, or point at one that is there.",
  });
}

/** Names that AWS gives to what may be deleted. */
const ofAws = [
  /\.elb(\.[\w-]+)?\.amazonaws\.com(\.cn)?$/,
  /\.cloudfront\.net$/,
  /\.elasticbeanstalk\.com$/,
  /\.s3-website[.-][\w-]+\.amazonaws\.com$/,
  /\.execute-api\.[\w-]+\.amazonaws\.com$/,
];

interface Zones {
  readonly known: ReadonlySet<string>;
  readonly unknown: readonly Value[];
}

/** Zones that this stack makes, and so most likely fills. */
function zoneNames(inventory: Inventory): Zones {
  const names = inventory.ofType(zoneType).map((zone) => zone.get("name"));
  return { known: new Set(names.flatMap(knownName)), unknown: names.filter((name) => name.isUnknown) };
}

interface Records {
  /** The types of what stands at a name. */
  readonly known: ReadonlyMap<string, readonly Value[]>;
  readonly unknown: readonly Value[];
}

function recordNames(inventory: Inventory): Records {
  const known = new Map<string, Value[]>();
  const unknown: Value[] = [];
  for (const record of inventory.ofType(recordType)) {
    const name = record.get("name");
    const type = record.get("type");
    for (const full of fullNames(record, inventory)) known.set(full, [...(known.get(full) ?? []), type]);
    // What proves a certificate has a name that nobody else uses.
    const isProof = dependenciesOf(inventory, record, "aws:acm/certificate:Certificate").length > 0;
    if (name.isUnknown && !isProof) unknown.push(name);
  }
  return { known, unknown };
}

/** A record's name, which may be given without its zone. */
function fullNames(record: Resource, inventory: Inventory): readonly string[] {
  const zones = dependenciesOf(inventory, record, zoneType).flatMap((zone) => knownName(zone.get("name")));
  return knownName(record.get("name")).flatMap((name) => [name, ...zones.map((zone) => join(name, zone))]);
}

/** Whether other name servers answer for a host. */
function isDelegated(host: string, zone: string, { known }: Records): boolean {
  const below = suffixes(host).filter((name) => name.length > zone.length);
  return below.some((name) => known.get(name)?.some((type) => type.text() === "NS"));
}

function hasExternalDns(inventory: Inventory): boolean {
  return releases(inventory).some(({ chart }) => chart === "external-dns");
}

/** Names whose records answer for a host: its own, and the wildcards above it. */
function answering(host: string): readonly string[] {
  const above = suffixes(host).slice(1);
  return [host, ...above.map((name) => `*.${name}`)];
}

/** A name and all above it. */
function suffixes(host: string): readonly string[] {
  const labels = host.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

function join(name: string, zone: string): string {
  return name === "" ? zone : `${name}.${zone}`;
}

function knownName(name: Value): string[] {
  return name.isUnknown ? [] : [plain(name.text() ?? "")];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
