import type * as z from "zod";
import { SettingsError, type Problem } from "./errors";
import { hostEntries } from "./apps/hosts";
import type { AppSettings } from "./apps/schema";
import { aws, type AwsSettings } from "./aws/schema";
import { checkApps, checkNamespaces } from "./apps/checks";
import type { Check, Draft, Report } from "./check";
import { checkCluster } from "./cluster/checks";
import { checkDomain } from "./domain/checks";
import { checkGateways } from "./gateways/checks";
import { checkDomainGateways } from "./gateways/domain-checks";
import { checkMesh } from "./mesh/checks";
import { checkNetwork } from "./network/checks";
import type { ClusterSettings } from "./cluster/schema";
import { defaults } from "./defaults";
import type { DomainInput, DomainSettings } from "./domain/schema";
import { settledGateways } from "./gateways/names";
import type { GatewaySettings } from "./gateways/schema";
import { hostnameOf } from "./domain/hosts";
import type { MeshSettings } from "./mesh/schema";
import type { NamespaceSettings } from "./namespaces/schema";
import type { NetworkSettings } from "./network/schema";
import { contains, salvage, type Salvaged } from "./reading/salvage";
import { decode } from "./reading/decode";
import { explain, keyOf, valueAt } from "./reading/problems";
import { sections, type SectionName, type Sections } from "./schema";
import { unknownSections } from "./reading/unknown-sections";
import { usableZones, zonesOf } from "./network/zones";

/** The whole stack file, valid, with every default filled in. All that follows reads this and nothing else. */
export interface Settings {
  readonly aws: AwsSettings;
  /** The first domain, and the others. */
  readonly domain: DomainSettings & { readonly additional: readonly DomainSettings[] };
  readonly network: NetworkSettings;
  readonly cluster: ClusterSettings;
  readonly mesh: MeshSettings;
  /** One or more. */
  readonly gateways: readonly GatewaySettings[];
  readonly namespaces: Readonly<Record<string, NamespaceSettings>>;
  readonly apps: readonly AppSettings[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A stack's configuration as the engine hands it over. */
export interface StackConfig {
  /** The project's name in Pulumi.yaml: the namespace of its keys. */
  readonly project: string;
  readonly stack: string;
  /** Values by full key, e.g. `eks-istio:domain`; maps and lists as JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys of encrypted values. */
  readonly secrets?: readonly string[];
}

const checks: readonly Check[] = [
  checkDomain,
  checkNetwork,
  checkCluster,
  checkMesh,
  checkGateways,
  checkDomainGateways,
  checkNamespaces,
  checkApps,
];

/** A place where the salvaging of a section removed or guessed something. */
interface Gap {
  readonly section: SectionName;
  readonly path: readonly PropertyKey[];
}

const sectionNames = Object.keys(sections) as SectionName[];

/**
 * Reads a stack's configuration.
 *
 * @throws SettingsError with every problem of the stack file at once
 */
export function parseSettings(config: StackConfig): Settings {
  const problems: Problem[] = unknownSections(config, sectionNames);
  const raw = Object.fromEntries(
    sectionNames.map((name) => [name, decode(config.values[`${config.project}:${name}`])]),
  ) as Record<SectionName, unknown>;
  const key = (section: SectionName, path: readonly PropertyKey[]) => keyOf(`${config.project}:${section}`, path);

  const provider = parseProvider(config, problems);
  const parsed: { -readonly [Name in SectionName]?: Sections[Name] } = {};
  const gaps: Gap[] = [];
  for (const name of sectionNames) {
    const result = sections[name].safeParse(raw[name]);
    if (result.success) {
      Object.assign(parsed, { [name]: result.data });
      continue;
    }
    problems.push(...explain(key(name, []), sections[name], raw[name], result.error.issues));
    const salvaged = salvageSection(name, raw[name], result.error.issues);
    if (!salvaged) continue;
    Object.assign(parsed, { [name]: salvaged.data });
    gaps.push(...salvaged.gaps.map((path) => ({ section: name, path })));
  }

  const report: Report = (section, path, rule, fix) => {
    const hasGap = gaps.some((gap) => gap.section === section && contains(path, gap.path));
    if (!hasGap) problems.push({ key: key(section, path), value: valueAt(raw[section], path), rule, fix });
  };
  const appsLeftOut = Object.keys(parsed.apps ?? {}).length < Object.keys(raw.apps ?? {}).length;
  const region = aws.shape.region.safeParse(config.values["aws:region"]).data;
  const guessed: Draft["guessed"] = (section, path) =>
    gaps.some((gap) => gap.section === section && (contains(path, gap.path) || contains(gap.path, path)));
  const draft: Draft = { ...parsed, appsLeftOut, guessed, project: config.project, stack: config.stack, region };
  for (const check of checks) check(draft, report);
  problems.push(...namesOfJavaScript(config).filter((problem) => !problems.some((other) => other.key === problem.key)));

  if (problems.length > 0 || !provider) throw new SettingsError(problems, `Pulumi.${config.stack}.yaml`);
  return complete(parsed as Sections, provider, config);
}

/** What of a section can still be checked: all but the refused keys, or, of the applications, all but those that can't be mended. */
function salvageSection(name: SectionName, raw: unknown, issues: readonly z.core.$ZodIssue[]): Salvaged | undefined {
  const whole = salvage(sections[name], raw, issues);
  if (whole || name !== "apps" || typeof raw !== "object" || raw === null) return whole;
  const kept = Object.entries(raw).flatMap(([app, value]): [string, Salvaged][] => {
    const one = { [app]: value as unknown };
    const result = sections.apps.safeParse(one);
    const salvaged = result.success
      ? { data: result.data, gaps: [] }
      : salvage(sections.apps, one, result.error.issues);
    return salvaged ? [[app, salvaged]] : [];
  });
  return { data: Object.assign({}, ...kept.map(([, { data }]) => data)), gaps: kept.flatMap(([, { gaps }]) => gaps) };
}

function parseProvider({ values, secrets = [] }: StackConfig, problems: Problem[]): AwsSettings | undefined {
  const entries = Object.entries(values).filter(([key]) => key.startsWith("aws:"));
  const raw = Object.fromEntries(
    entries.map(([key, value]) => [key.slice("aws:".length), /^[[{]/.test(value.trim()) ? decode(value) : value]),
  );
  const result = aws.safeParse(raw);
  if (result.success) return result.data;
  for (const { key, fix, ...problem } of explain("aws", aws, raw, result.error.issues)) {
    const nested = /[.[]/.test(key.slice("aws.".length));
    const hidden = secrets.includes(key.replace(/^aws\./, "aws:"));
    problems.push({
      ...problem,
      ...(hidden && { value: "[secret]" }),
      key: key.replace(/^aws\./, "aws:"),
      fix: nested ? fix : fix.replace(/^Did you mean "/, 'Did you mean "aws:'),
    });
  }
  return undefined;
}

/** Names that every object of JavaScript has already. Pulumi's runtime trips over them, or loses them without a word. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

function namesOfJavaScript({ values }: StackConfig): Problem[] {
  return Object.entries(values).flatMap(([section, text]) =>
    inheritedNames(decode(text), []).map((path) => ({
      key: keyOf(section, path),
      value: path.at(-1),
      rule: "is a name that every object of JavaScript has already, and is lost on the way to the engine",
      fix: "Use another name.",
    })),
  );
}

function inheritedNames(value: unknown, path: readonly PropertyKey[]): (readonly PropertyKey[])[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => inheritedNames(child, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(inherited.has(key) ? [[...path, key]] : []),
    ...inheritedNames(child, [...path, key]),
  ]);
}

/** Fills in the defaults that depend on other keys. */
function complete(parsed: Sections, provider: AwsSettings, { project, stack }: StackConfig): Settings {
  const gateways = settledGateways(parsed.gateways);
  const domain = completeDomain(parsed.domain, gateways);
  const gatewayOf = (name: string) =>
    [domain, ...domain.additional].find((one) => one.name === name)?.gateway ?? domain.gateway;
  return {
    ...parsed,
    aws: provider,
    domain,
    gateways,
    network: completeNetwork(parsed.network, provider.region),
    cluster: { ...parsed.cluster, name: parsed.cluster.name ?? `${project}-${stack}` },
    apps: Object.entries(parsed.apps).map(([name, { host, domain: hostDomain, hosts, ...app }]) => ({
      ...app,
      name,
      service: app.service ?? name,
      hosts: hostEntries({ host, domain: hostDomain, hosts }).map(({ host: label, domain: own = domain.name }) => ({
        hostname: hostnameOf(label, own),
        gateway: gatewayOf(own),
      })),
    })),
  };
}

/** A domain without a gateway is served by the only one. */
function completeDomain(domain: Sections["domain"], [only]: readonly GatewaySettings[]): Settings["domain"] {
  const served = <Domain extends DomainInput>(one: Domain) => ({ ...one, gateway: one.gateway ?? only?.key ?? "" });
  return { ...served(domain), additional: domain.additional.map(served) };
}

function completeNetwork(network: Sections["network"], region: string): NetworkSettings {
  if (network.existing) return { existing: network.existing };
  return {
    cidr: network.cidr ?? defaults.network.cidr,
    zones:
      network.zones ?? (zonesOf(region) ?? []).slice(0, Math.min(defaults.network.zones, usableZones(region) ?? 0)),
    nat: network.nat ?? defaults.network.nat,
    flowLogs: network.flowLogs ?? defaults.network.flowLogs,
  };
}
