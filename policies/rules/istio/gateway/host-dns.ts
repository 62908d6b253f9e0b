import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Violation } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import type { Value } from "../../../engine/value";
import { releases } from "../../../facts/charts/releases";
import { balancersByUrn } from "../../../facts/edge/balancer";
import { isWithin, normal, records, assertRecordKnown, hostedZones, type DnsRecord } from "../../../facts/edge/dns";
import { balancersOf } from "../../../facts/edge/connections";
import { gatewaysOf } from "../../../facts/istio/gateways";

/** Every public host has a record, or a wildcard that nothing closer shadows. */
export const hostDns: Rule = {
  id: "IST-HOST-DNS",
  severity: "mandatory",
  title: "DNS leads every public host to the gateway's load balancer",
  why: "Nobody finds a host without a record; and a DNS wildcard, unlike a certificate's, spans any depth, but ends where a closer name exists.",
  fix: "Add an alias record for the host, or for a wildcard directly above it.",
  codes: [],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html",

  judge: (inventory, check) => {
    // Where the stack makes no records, others do.
    if (records(inventory).length === 0) return;
    check.each(inventory.objects("VirtualService"), (rule) => judge(rule, inventory, check));
  },
};

function judge(rule: KubernetesObject, inventory: Inventory, check: Check): void {
  const reached = gatewaysOf(rule, inventory).flatMap((gateway) => balancersOf(gateway, inventory));
  if (reached.length === 0 || releases(inventory).some(({ chart }) => chart === "external-dns")) return;
  const urns = new Set(reached.map(({ resource }) => resource.data.urn));
  check.each(rule.get("spec", "hosts").list(), (host) => {
    const name = normal(host.text() ?? "");
    if (name === "*" || name === "") return;
    const answer = answerFor(name, inventory);
    if ("records" in answer) judgeTarget(host, name, answer.records, urns, inventory, check);
    else if ("undecided" in answer) check.undecided(host, answer.undecided);
    else check.violation(host, { ...answer, ...wrongValue(host), follows: true });
  });
}

/** A record that waits for another Service's load balancer leads there. */
function judgeTarget(
  host: Value,
  name: string,
  answers: readonly DnsRecord[],
  urns: ReadonlySet<string | undefined>,
  inventory: Inventory,
  check: Check,
): void {
  const others = inventory.once(balancersByUrn);
  const targets = answers.flatMap(({ resource }) => resource.data.dependencies.filter((urn) => others.has(urn)));
  const [first] = targets;
  if (first === undefined || targets.some((urn) => urns.has(urn))) return;
  check.violation(host, {
    ...wrongValue(host),
    follows: true,
    message: `host "${name}" leads to ${others.get(first)?.label ?? ""} (by the record ${answers[0]?.name() ?? ""}), whose pods don't serve its Gateway: they answer 404.`,
    fix: "Point the record at the load balancer of the Gateway's pods.",
  });
}

type Answer = { readonly records: readonly DnsRecord[] } | Violation | { readonly undecided: string };

/** What DNS says to a name: the records that answer, or why there are none. */
function answerFor(name: string, inventory: Inventory): Answer {
  const { byName, existing } = inventory.once(tree);
  const apex = enclosingZone(name, inventory);
  const at = (owner: string) => (byName.get(owner) ?? []).filter((record) => isIn(record, apex));
  const addressed = (owner: string) => at(owner).filter((record) => addressTypes.has(record.type()));
  if (addressed(name).length > 0) return { records: addressed(name) };
  // One of these may answer, or shadow what does: reading it says what is unknown.
  inventory.once(unclear).forEach(assertRecordKnown);
  let shadow = existing.has(name) && !name.startsWith("*.") ? name : undefined;
  let parent = name === apex ? undefined : above(name);
  while (shadow === undefined && parent !== undefined) {
    if (addressed(`*.${parent}`).length > 0) return { records: addressed(`*.${parent}`) };
    if (parent !== apex && at(parent).some((record) => record.type() === "NS"))
      return { undecided: `${parent} is delegated to name servers that aren't here` };
    if (parent === apex || existing.has(parent)) shadow = parent;
    parent = above(parent);
  }
  return missing(name, shadow, apex, inventory);
}

const addressTypes = new Set(["A", "AAAA", "CNAME"]);

function missing(name: string, shadow: string | undefined, apex: string | undefined, inventory: Inventory): Answer {
  const { byName, domains } = inventory.once(tree);
  const domain = apex ?? domains.find((one) => isWithin(name, one));
  if (domain === undefined) return { undecided: `no zone or record here is for the domain of ${name}` };
  const wildcard = wildcards(name).find((owner) => byName.has(owner));
  if (wildcard !== undefined && shadow !== undefined && shadow !== wildcard.slice(2))
    return {
      message: `host "${name}" doesn't resolve: ${wildcard} would cover it, but ${because(shadow, name, apex)}, which ends the wildcard there.`,
      fix: `Add a record for "${name}"${shadow === name ? "" : ` or for "*.${shadow}"`}, an alias of the load balancer.`,
    };
  const note =
    byName.has(`*.${name}`) && !name.startsWith("*.") ? ` (*.${name} stands for names below it, never for itself)` : "";
  return {
    message: `host "${name}" doesn't resolve: no record here is for it${note}, and browsers don't find it.`,
    fix: `Add a record for "${name}", an alias of the load balancer.`,
  };
}

function because(shadow: string, name: string, apex: string | undefined): string {
  if (shadow === apex) return `${shadow} is a zone of its own`;
  return shadow === name ? "that very name has other records" : `the closer name ${shadow} exists`;
}

/** Wildcards that could answer for a name, closest first. */
function wildcards(name: string): string[] {
  const found: string[] = [];
  for (let parent = above(name); parent !== undefined; parent = above(parent)) found.push(`*.${parent}`);
  return found;
}

/** The zone of the stack that answers for a name: the closest one. */
function enclosingZone(name: string, inventory: Inventory): string | undefined {
  const { known, unknown } = inventory.once(zoneNames);
  // One of these may be closer: reading it says that it is unknown.
  for (const zone of unknown) zone.text();
  for (let owner: string | undefined = name; owner !== undefined; owner = above(owner))
    if (known.has(owner)) return owner;
  return undefined;
}

function zoneNames(inventory: Inventory) {
  const names = hostedZones(inventory).map((zone) => zone.get("name"));
  const unknown = names.filter((name) => name.isUnknown);
  const known = new Set(names.flatMap((name) => (name.isUnknown ? [] : normal(name.text() ?? ""))));
  return { known, unknown };
}

/** A record of a zone further up is out of the question below a zone of its own. */
function isIn(record: DnsRecord, apex: string | undefined): boolean {
  if (!record.zone || apex === undefined) return true;
  return normal(record.zone.get("name").text() ?? "") === apex;
}

function unclear(inventory: Inventory): readonly DnsRecord[] {
  return records(inventory).filter((record) => record.isUnclear);
}

interface Tree {
  readonly byName: ReadonlyMap<string, readonly DnsRecord[]>;
  /** Names that have records, or names below them that do. */
  readonly existing: ReadonlySet<string>;
  /** Domains that the stack makes records for. */
  readonly domains: readonly string[];
}

function tree(inventory: Inventory): Tree {
  const byName = new Map<string, DnsRecord[]>();
  const existing = new Set<string>();
  for (const record of records(inventory)) {
    if (record.isUnclear) continue;
    const name = record.name();
    byName.set(name, [...(byName.get(name) ?? []), record]);
    // A wildcard is no name of its own, but makes the one above it exist.
    for (let owner = name.startsWith("*.") ? above(name) : name; owner?.includes("."); owner = above(owner))
      existing.add(owner);
  }
  const domains = [...byName].flatMap(([name, all]) =>
    all.some((record) => addressTypes.has(record.type())) ? name.replace(/^\*\./, "") : [],
  );
  return { byName, existing, domains };
}

/** The name one label up. */
function above(name: string): string | undefined {
  const dot = name.indexOf(".");
  return dot < 0 ? undefined : name.slice(dot + 1);
}
