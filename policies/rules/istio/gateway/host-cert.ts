import { certificateCovers } from "../../../facts/istio/hosts";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject, Resource } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import type { Value } from "../../../engine/value";
import type { Balancer } from "../../../facts/edge/balancer";
import { certificatesFor, certificateType, namesOf, settingOf } from "../../../facts/edge/certificates";
import { records } from "../../../facts/edge/dns";
import { balancersOf, listenersOf } from "../../../facts/edge/connections";
import { gatewaysOf } from "../../../facts/istio/gateways";

/** The certificates on the load balancer cover every host that is served behind it. */
export const hostCertificate: Rule = {
  id: "IST-HOST-CERT",
  severity: "mandatory",
  title: "the certificate covers every public host",
  why: "Browsers refuse a host that the certificate doesn't name, and a wildcard stands for one label only, never for the domain itself.",
  fix: "Use a host with one label below the domain, or add its name to the certificate.",
  codes: [],
  docs: "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",

  judge: (inventory, check) => {
    if (inventory.ofType(certificateType).length === 0) return;
    check.each(inventory.objects("VirtualService"), (rule) => {
      const names = gatewaysOf(rule, inventory).flatMap((gateway) => inventory.memo(gateway, namesFor) ?? []);
      if (names.length === 0) return;
      check.each(rule.get("spec", "hosts").list(), (host) => judge(host, host.text() ?? "", together(names), check));
    });
    check.each(inventory.objects("Gateway"), (gateway) =>
      check.each(gateway.get("spec", "servers").list(), (server) => judgeServer(gateway, server, inventory, check)),
    );
  },
};

/** A Gateway's host may be limited to a namespace's routes: `bookinfo/*.example.com`. */
function judgeServer(gateway: KubernetesObject, server: Value, inventory: Inventory, check: Check): void {
  const ends = balancersOf(gateway, inventory).filter((balancer) => isBehind(server, balancer));
  if (ends.length === 0) return;
  const names = namesOn(ends, inventory);
  check.each(server.get("hosts").list(), (host) =>
    judge(host, (host.text() ?? "").split("/").at(-1) ?? "", names, check),
  );
}

function judge(host: Value, name: string, names: Names, check: Check): void {
  if (name === "*" || name === "" || names.known.some((one) => certificateCovers(one, name))) return;
  // One of these may cover it: reading it says that it is unknown.
  for (const value of names.unknown) value.list();
  const others = names.hasOthers ? [] : names.elsewhere();
  // A domain of its own below another has its own certificate, which may be given by its ARN, and be among the unknown ones.
  const mayBeGiven = names.mayHaveMore(`*.${name}`);
  const elsewhere = known(others).find((one) => one === name || (certificateCovers(one, name) && !mayBeGiven));
  if (elsewhere !== undefined) {
    check.violation(host, {
      ...wrongValue(host),
      follows: true,
      message: `host "${name}" is covered by a certificate for ${elsewhere}, but that isn't on its load balancer (${names.known.join(", ")} are): browsers will refuse it.`,
      fix: "Add that certificate's ARN to ssl-cert.",
    });
    return;
  }
  for (const value of others) if (value.isUnknown) value.list();
  if (names.hasOthers || !names.known.some((one) => isBelow(name, one)) || names.mayHaveMore(wildcardFor(name))) {
    check.undecided(
      host,
      `no certificate here is for the domain of ${name}, and what one given by its ARN covers can't be seen`,
    );
    return;
  }
  check.violation(host, {
    ...wrongValue(host),
    follows: true,
    message: `host "${name}" is not covered by the certificate (${names.known.join(", ")}): browsers will refuse it.`,
    fix: fixFor(name, names),
  });
}

function fixFor(name: string, names: Names): string {
  const place = names.placeFor(name);
  if (names.known.includes(`*.${name}`)) return `Add "${name}" to ${place}.`;
  if (name.startsWith("*.")) return `Add "${name}" to ${place}, or take the host out.`;
  return `Use a one-label host, or add "${wildcardFor(name)}" to ${place}.`;
}

/**
 * What the certificates are for that users of a Gateway see; nothing where it has certificates itself. Where no load
 * balancer can be seen, a Gateway without any counts as behind all of the stack's.
 */
function namesFor(gateway: KubernetesObject, inventory: Inventory): Names | undefined {
  const servers = gateway.get("spec", "servers").list();
  const balancers = balancersOf(gateway, inventory);
  const ends = balancers.filter((balancer) => servers.some((server) => isBehind(server, balancer)));
  const isOpen =
    balancers.length > 0 ? ends.length > 0 : !servers.some((server) => server.get("tls", "credentialName").exists);
  return isOpen ? namesOn(ends, inventory) : undefined;
}

/** What several Gateways' certificates are for: a host that is served by all of them needs one on each, but any will do here. */
function together(names: readonly Names[]): Names {
  const [first, ...others] = names;
  if (!first) return none;
  if (others.length === 0) return first;
  return {
    known: [...new Set(names.flatMap((one) => one.known))],
    unknown: names.flatMap((one) => one.unknown),
    elsewhere: first.elsewhere,
    hasOthers: names.some((one) => one.hasOthers),
    mayHaveMore: (wildcard) => names.some((one) => one.mayHaveMore(wildcard)),
    placeFor: (host) => (names.find((one) => one.known.some((name) => isBelow(host, name))) ?? first).placeFor(host),
  };
}

function isBehind(server: Value, balancer: Balancer): boolean {
  return listenersOf(server, balancer).some((listener) => balancer.endsTls(listener));
}

const none: Names = {
  known: [],
  unknown: [],
  elsewhere: () => [],
  hasOthers: false,
  mayHaveMore: () => false,
  placeFor: () => anyPlace,
};

interface Names {
  readonly known: readonly string[];
  readonly unknown: readonly Value[];
  /** On certificates of the stack that these load balancers don't carry. */
  readonly elsewhere: () => readonly Value[];
  /** Whether there are certificates that the stack doesn't make, on the same load balancers. */
  readonly hasOthers: boolean;
  /** Whether a domain of the stack's may have such a one: it has a wildcard record, and the list of ARNs is unknown. */
  readonly mayHaveMore: (wildcard: string) => boolean;
  /** Where to add a name for a host: the setting that the closest domain's certificate comes from. */
  readonly placeFor: (host: string) => string;
}

const anyPlace = "the certificate's names";

/** What the certificates on these load balancers are for; every certificate of the stack where nothing says which. */
function namesOn(balancers: readonly Balancer[], inventory: Inventory): Names {
  const own = balancers.flatMap(({ resource }) => certificatesFor(resource, inventory));
  const all = inventory.ofType(certificateType);
  const certificates = new Set(own.length > 0 ? own : all);
  const values = [...certificates].flatMap(namesOf);
  const arns = balancers.map((balancer) => balancer.annotation("ssl-cert"));
  return {
    known: known(values),
    unknown: values.filter((value) => value.isUnknown),
    elsewhere: () => all.filter((certificate) => !certificates.has(certificate)).flatMap(namesOf),
    hasOthers: balancers.some(
      (balancer) =>
        !balancer.annotation("ssl-cert").isUnknown &&
        balancer.list("ssl-cert").length > certificatesFor(balancer.resource, inventory).length,
    ),
    mayHaveMore: (wildcard) => arns.some((arn) => arn.isUnknown) && inventory.once(recordNames).has(wildcard),
    placeFor: (host) => placeFor(host, [...certificates], inventory),
  };
}

function placeFor(host: string, certificates: readonly Resource[], inventory: Inventory): string {
  const holders = certificates.flatMap((certificate) =>
    known(namesOf(certificate))
      .filter((name) => isBelow(host, name))
      .map((name) => ({ certificate, length: name.length })),
  );
  const [closest] = holders.sort((a, b) => b.length - a.length);
  return (closest && settingOf(closest.certificate, inventory)) ?? anyPlace;
}

function recordNames(inventory: Inventory): ReadonlySet<string> {
  return new Set(records(inventory).flatMap((record) => (record.isUnclear ? [] : record.name())));
}

function known(values: readonly Value[]): string[] {
  return [...new Set(values.flatMap((value) => (value.isUnknown ? [] : (value.text() ?? []))))];
}

/** Whether a host is somewhere below a certificate's name. */
function isBelow(host: string, name: string): boolean {
  return `.${host}`.endsWith(`.${name.replace(/^\*\./, "")}`);
}

function wildcardFor(host: string): string {
  return ["*", ...host.split(".").slice(1)].join(".");
}
