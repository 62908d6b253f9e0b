import type { Inventory } from "../../engine/inventory";
import type { Check, Rule } from "../../engine/rule";
import { internalBalancer } from "../../facts/causes";
import { balancersByUrn } from "../../facts/edge/balancer";
import { isPublic } from "../../facts/aws/hosted-zones";
import { records, type DnsRecord } from "../../facts/edge/dns";

/** Public names lead to public load balancers, private ones to private ones. */
export const dnsScheme: Rule = {
  id: "AWS-DNS-SCHEME",
  severity: "mandatory",
  title: "public records lead to internet-facing load balancers",
  why: "A public name that resolves to private addresses leads nobody anywhere, and tells everybody about the network.",
  fix: "Make the load balancer internet-facing, or keep the record in a private zone.",
  codes: [],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html",

  judge: (inventory, check) => check.each(records(inventory), (record) => judge(record, inventory, check)),
};

function judge(record: DnsRecord, inventory: Inventory, check: Check): void {
  const byUrn = inventory.once(balancersByUrn);
  for (const balancer of record.resource.data.dependencies.flatMap((urn) => byUrn.get(urn) ?? [])) {
    if (!balancer.isNetwork) continue;
    const isInternal = balancer.scheme === "internal";
    if (!record.zone) {
      if (isInternal) check.undecided(record.resource, "whether its zone is public can't be seen");
    } else if (isInternal && isPublic(record.zone))
      check.violation(record.resource, {
        ...internalBalancer(balancer.label),
        ...(!balancer.has("scheme") && { follows: true }),
        message: `${record.name()} is public, but leads to ${balancer.label}, whose load balancer is internal: nobody outside the VPC gets there.`,
        fix: `Set the scheme to "internet-facing"${balancer.setting("scheme")}, or use a private zone.`,
      });
    else if (!isInternal && !isPublic(record.zone))
      check.violation(record.resource, {
        message: `${record.name()} is in a private zone, but leads to ${balancer.label}, which is internet-facing: from outside the VPC nobody finds it.`,
        fix: `Add a record to the public zone, or set the scheme to "internal"${balancer.setting("scheme")}.`,
        severity: "advisory",
      });
  }
}
