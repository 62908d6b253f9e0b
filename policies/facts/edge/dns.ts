import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";

/** A record of a Route 53 zone. */
export interface DnsRecord {
  readonly resource: Resource;
  /** The zone, if the stack makes it. */
  readonly zone: Resource | undefined;
  /** Its whole name in lower case, without a dot at the end. Throws if it is unknown. */
  name(): string;
  /** Throws if it is unknown. */
  type(): string;
  /** Whether anything is unknown that `name` and `type` come from. */
  readonly isUnclear: boolean;
}

const recordType = "aws:route53/record:Record";
const zoneType = "aws:route53/zone:Zone";
const certificateType = "aws:acm/certificate:Certificate";

/** The stack's hosted zones. */
export function hostedZones(inventory: Inventory): readonly Resource[] {
  return inventory.ofType(zoneType);
}

/** The stack's records, but for those that prove to ACM who owns a domain: their names are ACM's, and no hosts. */
export function records(inventory: Inventory): readonly DnsRecord[] {
  return inventory.once(collect);
}

function collect(inventory: Inventory): DnsRecord[] {
  return inventory.ofType(recordType).flatMap((resource) => {
    const waitsFor = resource.data.dependencies.map((urn) => inventory.withUrn(urn));
    const isProof = waitsFor.some((one) => one?.type === certificateType) && resource.get("name").isUnknown;
    if (isProof) return [];
    const zone = waitsFor.find((one) => one?.type === zoneType);
    const values = [resource.get("name"), resource.get("type"), ...(zone ? [zone.get("name")] : [])];
    return {
      resource,
      zone,
      name: () => absolute(resource.get("name").text() ?? "", zone?.get("name").text()),
      type: () => (resource.get("type").text() ?? "").toUpperCase(),
      isUnclear: values.some((value) => value.isUnknown),
    };
  });
}

/** A name in DNS as it is compared. */
export function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** AWS's provider takes names with or without the zone's. */
function absolute(name: string, zone: string | undefined): string {
  const [own, domain] = [normal(name), zone === undefined ? undefined : normal(zone)];
  if (domain === undefined || isWithin(own, domain)) return own;
  return own === "" ? domain : `${own}.${domain}`;
}

/** Whether a name is a domain or below it. */
export function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** Throws if anything about a record is unknown that says what it answers for. */
export function assertRecordKnown(record: DnsRecord): void {
  record.name();
  record.type();
}
