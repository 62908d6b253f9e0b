import type * as z from "zod";
import { SettingsError, type Problem } from "./errors";
import type { AppSettings } from "./apps/schema";
import { aws, type AwsSettings } from "./aws/schema";
import { checkApps } from "./apps/checks";
import type { Check, Draft, Report } from "./check";
import { checkCluster } from "./cluster/checks";
import { checkDomain } from "./domain/checks";
import { checkGateway } from "./gateways/checks";
import { checkMesh } from "./mesh/checks";
import { checkNamespaces } from "./namespaces/checks";
import { checkNetwork } from "./network/checks";
import type { ClusterSettings } from "./cluster/schema";
import { defaults } from "./defaults";
import type { GatewaySettings } from "./gateways/schema";
import { hostnameOf } from "./domain/hosts";
import type { MeshSettings } from "./mesh/schema";
import type { NamespaceSettings } from "./namespaces/schema";
import type { NetworkSettings } from "./network/schema";
import { contains, salvage, type Salvaged } from "./reading/salvage";
import { explain, keyOf, unknownKey, valueAt } from "./reading/problems";
import { sections, type SectionName, type Sections } from "./schema";
import { closest } from "./reading/suggestions";
import { usableZones, zonesOf } from "./network/zones";

/** The whole stack file, valid, with every default filled in. All that follows reads this and nothing else. */
export interface Settings {
  readonly aws: AwsSettings;
  readonly domain: Sections["domain"];
  readonly network: NetworkSettings;
  readonly cluster: ClusterSettings;
  readonly mesh: MeshSettings;
  readonly gateway: GatewaySettings;
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
  checkGateway,
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
  const problems: Problem[] = unknownKeys(config);
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

/** Keys of our namespace that nobody reads, and namespaces that are nearly ours. */
function unknownKeys({ project, values, secrets = [] }: StackConfig): Problem[] {
  return Object.entries(values).flatMap(([full, text]): Problem[] => {
    const separator = full.indexOf(":");
    const [namespace, name] = [full.slice(0, separator), full.slice(separator + 1)];
    const value = decode(text);
    if (namespace === project) {
      if (!(sectionNames as string[]).includes(name)) return [unknownKey(full, value, name, sectionNames)];
      if (secrets.includes(full))
        return [
          {
            key: full,
            value: "[secret]",
            rule: "is encrypted, and a plan or a policy can't read it",
            fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
          },
        ];
      return [];
    }
    const known = ["aws", "aws-native", "eks", "kubernetes", "pulumi", project];
    const near = known.includes(namespace) ? undefined : closest(namespace, [project, "aws"]);
    return near
      ? [{ key: full, value, rule: "is in a namespace that nobody reads", fix: `Did you mean "${near}:${name}"?` }]
      : [];
  });
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

/** A map or list from its JSON; any other text as it is. */
function decode(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fills in the defaults that depend on other keys. */
function complete(parsed: Sections, provider: AwsSettings, { project, stack }: StackConfig): Settings {
  return {
    ...parsed,
    aws: provider,
    network: completeNetwork(parsed.network, provider.region),
    cluster: { ...parsed.cluster, name: parsed.cluster.name ?? `${project}-${stack}` },
    apps: Object.entries(parsed.apps).map(([name, { host, domain = parsed.domain.name, ...app }]) => ({
      ...app,
      name,
      service: app.service ?? name,
      hosts: host === undefined ? [] : [{ hostname: hostnameOf(host, domain), gateway: "default" }],
    })),
  };
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
