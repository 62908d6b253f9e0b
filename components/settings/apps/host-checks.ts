import type { AppInput } from "./schema";
import type { DomainInput } from "../domain/schema";
import { hostnameOf, certificateNames, covers, apex } from "../domain/hosts";
import type { Draft, Report } from "../check";
import { forGateway, servingGateway } from "../gateways/names";
import { hostEntries, type HostEntry } from "./hosts";
import { hasMeshRules } from "./mesh-rules";

/** Public names: under a domain of the stack, on its certificate, and each on one application only. */
export function checkHosts(draft: Draft, apps: readonly (readonly [string, AppInput])[], report: Report): void {
  if (!draft.domain) return;
  const domains = [draft.domain, ...draft.domain.additional];
  checkRuleNames(draft, apps, domains, report);
  const taken = new Map<string, string>();
  for (const [name, app] of apps) {
    checkForm(draft, name, app, domains, report);
    // Where both forms are there, what is listed was written with the other in mind.
    for (const entry of hostEntries(app.hosts ? { hosts: app.hosts } : app)) {
      const own = domainOf(entry, domains);
      if (own) checkHost(draft, name, app, entry, own, domains, taken, report);
      else reportDomain(draft, [name, ...entry.domainPath], domains, report);
    }
  }
}

/**
 * Rules of two applications that would have one name in Pulumi. It is the application's, with `mesh` or `ingress` and the
 * gateway's key behind it: `web` on the gateway `ingress` and `web-ingress` on the gateway `default` both have
 * `web-ingress-ingress`.
 */
function checkRuleNames(
  { settledGateways = [] }: Draft,
  apps: readonly (readonly [string, AppInput])[],
  domains: readonly DomainInput[],
  report: Report,
): void {
  const gatewayOf = (entry: HostEntry) => servingGateway(domainOf(entry, domains) ?? {}, settledGateways);
  const taken = new Map<string, { readonly app: string; readonly what: string }>();
  for (const [name, app] of apps) {
    const keys = new Set(hostEntries(app).flatMap((entry) => gatewayOf(entry) ?? []));
    const rules = [
      ...(hasMeshRules(app) ? [{ rule: `${name}-mesh`, what: "inside the mesh" }] : []),
      ...[...keys].map((key) => ({ rule: forGateway(`${name}-ingress`, key), what: `on gateways.${key}` })),
    ];
    for (const { rule, what } of rules) {
      const other = taken.get(rule);
      if (other !== undefined)
        report(
          "apps",
          [name],
          `has a VirtualService ${what} with the Pulumi name ${rule}, and so has "${other.app}" ${other.what}: Pulumi refuses two resources of one name`,
          "Rename one of the two applications, or the gateway.",
        );
      taken.set(rule, { app: name, what });
    }
  }
}

function domainOf({ domain }: Pick<HostEntry, "domain">, domains: readonly DomainInput[]): DomainInput | undefined {
  return domain === undefined ? domains[0] : domains.find(({ name }) => name === domain);
}

function reportDomain(
  { guessed }: Draft,
  path: readonly PropertyKey[],
  domains: readonly DomainInput[],
  report: Report,
): void {
  if (guessed("domain", ["additional"])) return;
  report(
    "apps",
    path,
    `is not a domain of this stack (${domains.map(({ name }) => name).join(", ")})`,
    "Write one of these, or list it under domain.additional.",
  );
}

/** `host` and `domain` are the short form, `hosts` is the long one. */
function checkForm(
  draft: Draft,
  name: string,
  { host, domain, hosts }: AppInput,
  domains: readonly DomainInput[],
  report: Report,
): void {
  if (hosts) {
    if (host !== undefined)
      report("apps", [name, "host"], "stands beside hosts, where every public name belongs", 'Move it into "hosts".');
    if (domain !== undefined)
      report(
        "apps",
        [name, "domain"],
        "stands beside hosts, whose entries name their domains themselves",
        `Write it into the entries that it is for: {host: …, domain: ${domain}}.`,
      );
  } else if (host === undefined && domain !== undefined) {
    if (!domainOf({ domain }, domains)) reportDomain(draft, [name, "domain"], domains, report);
    else if (!draft.guessed("apps", [name, "host"]) && !draft.guessed("apps", [name, "hosts"]))
      report("apps", [name, "domain"], "has no effect without host", 'Set "host", or remove "domain".');
  }
}

function checkHost(
  draft: Draft,
  name: string,
  app: AppInput,
  entry: HostEntry,
  own: DomainInput,
  domains: readonly DomainInput[],
  taken: Map<string, string>,
  report: Report,
): void {
  const path = [name, ...entry.path];
  checkSpelling(name, entry, own, domains, report);
  const hostname = hostnameOf(entry.host, own.name);
  const other = taken.get(hostname);
  if (other === name) report("apps", path, `is listed twice: ${hostname}`, "Remove one of them.");
  else if (other)
    report(
      "apps",
      path,
      `is taken: ${hostname} with all its paths belongs to the application "${other}"`,
      `Use another host, or send a path of it here from apps.${other}.routes: {match: [{uri: {prefix: /PATH}}], to: {service: ${app.service ?? name}, port: ${app.port}}}.`,
    );
  else taken.set(hostname, name);
  checkRecords(draft, path, entry, hostname, own, domains, report);
}

/** A name belongs to the records of the closest domain: with another gateway, requests would come in there. */
function checkRecords(
  { guessed }: Draft,
  path: readonly PropertyKey[],
  { path: place }: HostEntry,
  hostname: string,
  own: DomainInput,
  domains: readonly DomainInput[],
  report: Report,
): void {
  const [closer] = domains
    .filter(({ name }) => name.length > own.name.length && (hostname === name || hostname.endsWith(`.${name}`)))
    .sort((a, b) => b.name.length - a.name.length);
  if (!closer?.gateway || !own.gateway || closer.gateway === own.gateway || guessed("domain", [])) return;
  const host = hostname === closer.name ? apex : hostname.slice(0, -closer.name.length - 1);
  report(
    "apps",
    path,
    `is ${hostname}, whose records lead to gateways.${closer.gateway}, and not to gateways.${own.gateway} of ${own.name}`,
    elsewhere(place, host, closer.name),
  );
}

function checkSpelling(
  name: string,
  { host, path: place }: HostEntry,
  own: DomainInput,
  domains: readonly DomainInput[],
  report: Report,
): void {
  const path = [name, ...place];
  if (host === own.name) {
    report("apps", path, "is the domain itself", `Write "${apex}".`);
    return;
  }
  if (host.endsWith(`.${own.name}`)) {
    report(
      "apps",
      path,
      `must be what stands before ${own.name}`,
      `Write "${host.slice(0, -own.name.length - 1).replace(/^https?:\/\//, "")}".`,
    );
    return;
  }
  if (host === apex) return;
  if (
    !/^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/.test(host) ||
    hostnameOf(host, own.name).length > 253
  ) {
    report(
      "apps",
      path,
      `must be one DNS label in lowercase, or "${apex}" for the domain itself`,
      `Write it like "${name}".`,
    );
    return;
  }
  const hostname = hostnameOf(host, own.name);
  const names = certificateNames(own);
  if (!own.certificate.arn && !names.some((candidate) => covers(candidate, hostname))) {
    const [label = "", ...rest] = hostname.split(".");
    const parent = rest.join(".");
    const index = domains.indexOf(own);
    const key = index === 0 ? "domain" : `domain.additional[${index - 1}]`;
    report(
      "apps",
      path,
      `has ${host.split(".").length} labels, and a wildcard covers one: no certificate of this stack (${names.join(", ")}) covers ${hostname}, and browsers will refuse it`,
      domains.some((other) => other.name === parent)
        ? elsewhere(place, label, parent)
        : `Use a one-label host such as "${host.replaceAll(".", "-")}", or add "*.${parent}" to ${key}.certificate.names.`,
    );
  }
}

/** How to write a host under another domain, in the form that stands there. */
function elsewhere([form]: HostEntry["path"], host: string, domain: string): string {
  return form === "host"
    ? `Write host: "${host}" and domain: "${domain}".`
    : `Write {host: "${host}", domain: "${domain}"}.`;
}
