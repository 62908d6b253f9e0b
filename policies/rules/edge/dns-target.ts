import { KubernetesObject, type Resource } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Inventory } from "../../engine/inventory";
import { records, type DnsRecord } from "../../facts/edge/dns";

/** A record leads to a load balancer that the stack makes. */
export const dnsTarget: Rule = {
  id: "AWS-DNS-TARGET",
  severity: "mandatory",
  title: "records lead to load balancers that exist",
  why: "A record for a load balancer that is gone sends users nowhere, and in time to whoever gets its name or address next.",
  fix: "Take the record's target from the Service that makes the load balancer.",
  codes: [],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",

  judge: (inventory, check) => check.each(records(inventory), (record) => judge(record, inventory, check)),
};

function judge(record: DnsRecord, inventory: Inventory, check: Check): void {
  if (!["A", "AAAA", "CNAME"].includes(record.type())) return;
  const { resource } = record;
  const urns = resource.data.dependencies.filter((urn) => isTarget(urn));
  for (const urn of urns) judgeTarget(record, inventory.withUrn(urn), urn, check);
}

function judgeTarget(record: DnsRecord, target: Resource | undefined, urn: string, check: Check): void {
  const { resource } = record;
  if (!target) {
    check.violation(resource, {
      cause: `${urn} has no load balancer`,
      message: `${record.name()} leads to ${urn.split("::").at(-1) ?? urn}, which is not in the stack: it dangles.`,
      fix: "Take the record out, or the Service back in.",
    });
    return;
  }
  if (!(target instanceof KubernetesObject)) return;
  const type = target.get("spec", "type").text() ?? "ClusterIP";
  if (type === "LoadBalancer") return;
  target.get("metadata", "name").text();
  target.get("metadata", "namespace").text();
  check.violation(resource, {
    cause: `${urn} has no load balancer`,
    message: `${record.name()} leads to ${target.label}, which is of type ${type} and has no load balancer: it dangles.`,
    fix: "Make the Service's type LoadBalancer, or take the record out.",
  });
}

function isTarget(urn: string): boolean {
  return /[:$](kubernetes:core\/v1:Service|aws:(lb|alb|elb)\/loadBalancer:LoadBalancer)::/.test(urn);
}
