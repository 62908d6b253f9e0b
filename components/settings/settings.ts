import { SettingsError, type Problem } from "./errors";
import type { AppSettings } from "./apps/schema";
import { checkAppsFrom } from "./apps-from/checks";
import { filedApps, withFiledApps } from "./apps-from/read";
import { aws, type AwsSettings } from "./aws/schema";
import { checkApps } from "./apps/checks";
import { completeApps } from "./apps/complete";
import type { Check, Draft, Report } from "./check";
import { checkCluster } from "./cluster/checks";
import { checkDomain } from "./domain/checks";
import { checkExternal } from "./external/checks";
import { externalOfAws } from "./external/of-aws";
import type { ExternalSettings } from "./external/schema";
import { checkVia } from "./external/via-checks";
import { checkGateways } from "./gateways/checks";
import { checkDomainGateways } from "./gateways/domain-checks";
import { checkEgressGateways } from "./gateways/egress-checks";
import type { EgressGatewaySettings } from "./gateways/egress-schema";
import { ingressKeys } from "./gateways/ingress-keys";
import { checkGatewayNamespaces } from "./gateways/namespace-checks";
import { checkMesh } from "./mesh/checks";
import { checkNamespaces } from "./namespaces/checks";
import { checkNetwork } from "./network/checks";
import { completeNetwork } from "./network/complete";
import type { ClusterSettings } from "./cluster/schema";
import { completeDomain } from "./domain/complete";
import type { DomainSettings } from "./domain/schema";
import { misplacedSettings } from "./gateways/misplaced";
import { settledEgressGateways, settledGateways } from "./gateways/names";
import type { GatewaySettings } from "./gateways/schema";
import { checkManifests } from "./manifests/checks";
import type { OwnObject } from "./manifests/object";
import { readManifests } from "./manifests/read";
import type { MeshSettings } from "./mesh/schema";
import type { NamespaceSettings } from "./namespaces/schema";
import type { NetworkSettings } from "./network/schema";
import { checkTags } from "./tags/checks";
import { credentials } from "./reading/credentials";
import { decode, namesOfJavaScript, parseProvider, type StackConfig } from "./reading/decode";
import { split } from "./reading/names";
import { orphans } from "./reading/orphans";
import { filesBelow } from "./reading/project-files";
import { contains, salvageSection } from "./reading/salvage";
import { explain, keyOf, valueAt } from "./reading/problems";
import { textsWithNul } from "./reading/texts";
import { unknownSections } from "./reading/unknown-sections";
import { sections, type SectionName, type Sections } from "./schema";

/** The whole stack file, valid, with every default filled in. All that follows reads this and nothing else. */
export interface Settings {
  readonly aws: AwsSettings;
  /** The first domain, and the others. */
  readonly domain: DomainSettings & { readonly additional: readonly DomainSettings[] };
  readonly network: NetworkSettings;
  readonly cluster: ClusterSettings;
  readonly mesh: MeshSettings;
  /** The ingress gateways, one or more. */
  readonly gateways: readonly GatewaySettings[];
  readonly egressGateways: readonly EgressGatewaySettings[];
  readonly namespaces: Readonly<Record<string, NamespaceSettings>>;
  /** What lies outside of the mesh, by name: what the stack file names, and what `aws` of applications implies. */
  readonly external: Readonly<Record<string, ExternalSettings>>;
  readonly apps: readonly AppSettings[];
  /** Objects of one's own, in the order of entries, files and documents. */
  readonly manifests: readonly OwnObject[];
  readonly tags: Readonly<Record<string, string>>;
}

const checks: readonly Check[] = [
  checkDomain,
  checkNetwork,
  checkCluster,
  checkMesh,
  checkGateways,
  checkDomainGateways,
  checkGatewayNamespaces,
  checkEgressGateways,
  checkNamespaces,
  checkExternal,
  checkVia,
  checkApps,
  checkAppsFrom,
  checkManifests,
  checkTags,
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
export function parseSettings(given: StackConfig): Settings {
  const orphaned = orphans(given);
  // They are read all the same, so that what else is wrong with them is told at once.
  const inStackFile = orphaned?.areAll ? { ...given, project: orphaned.prefix } : given;
  const readFiles = given.readFiles ?? filesBelow(process.cwd());
  const filed = filedApps(inStackFile, readFiles);
  const config = withFiledApps(inStackFile, filed);
  const told = orphaned && (orphaned.areAll ? given.project : orphaned.prefix);
  const problems: Problem[] = [
    ...(orphaned ? [orphaned.problem] : []),
    ...filed.problems,
    ...unknownSections(config, sectionNames).filter(({ key }) => split(key)[0] !== told),
  ];
  const raw = Object.fromEntries(
    sectionNames.map((name) => [name, decode(config.values[`${config.project}:${name}`])]),
  ) as Record<SectionName, unknown>;
  const key = (section: SectionName, path: readonly PropertyKey[]) => keyOf(`${config.project}:${section}`, path);

  const misplaced = misplacedSettings(raw.gateways);
  if (misplaced) {
    problems.push({
      key: key("gateways", []),
      value: raw.gateways,
      rule: `has settings of one gateway in it (${misplaced.keys.join(", ")}), and is a map of gateways by name`,
      fix: `Write gateways: {${misplaced.name}: {${misplaced.keys.map((each) => `${each}: …`).join(", ")}}}.`,
    });
    raw.gateways = misplaced.meant;
  }
  const ofIngress = ingressKeys(key("gateways", []), raw.gateways);
  if (ofIngress) {
    problems.push(...ofIngress.problems);
    raw.gateways = ofIngress.rest;
  }

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
  const appsLeftOut = !filed.isWhole || Object.keys(parsed.apps ?? {}).length < Object.keys(raw.apps ?? {}).length;
  const region = aws.shape.region.safeParse(config.values["aws:region"]).data;
  const guessed: Draft["guessed"] = (section, path) =>
    gaps.some((gap) => gap.section === section && (contains(path, gap.path) || contains(gap.path, path)));
  const defaultTags = provider?.defaultTags?.tags;
  const { project, stack, engine = false } = given;
  const gateways = parsed.gateways && settledGateways(parsed.gateways);
  const egressGateways = parsed.gateways && settledEgressGateways(parsed.gateways);
  const ownManifests = parsed.manifests && readManifests(parsed.manifests, readFiles);
  const draft: Draft = {
    ...parsed,
    settledGateways: gateways,
    settledEgressGateways: egressGateways,
    ownManifests,
    filedApps: filed.apps,
    appsLeftOut,
    guessed,
    project,
    stack,
    engine,
    region,
    defaultTags,
  };
  for (const { entry, rule, fix } of ownManifests?.problems ?? []) report("manifests", [entry], rule, fix);
  for (const check of checks) check(draft, report);
  const keys = new Set(problems.map((problem) => problem.key));
  problems.push(...[...namesOfJavaScript(config), ...textsWithNul(config)].filter((problem) => !keys.has(problem.key)));
  problems.push(...credentials(config));

  if (problems.length > 0 || !provider || !gateways || !egressGateways)
    throw new SettingsError(problems, `Pulumi.${config.stack}.yaml`);
  return {
    ...complete(parsed as Sections, gateways, provider, config),
    egressGateways,
    manifests: ownManifests?.objects ?? [],
  };
}

/** Fills in the defaults that depend on other keys. */
function complete(
  parsed: Sections,
  gateways: readonly GatewaySettings[],
  provider: AwsSettings,
  { project, stack }: StackConfig,
): Omit<Settings, "egressGateways" | "manifests"> {
  const domain = completeDomain(parsed.domain, gateways);
  const ofAws = externalOfAws(provider.region, parsed);
  return {
    ...parsed,
    aws: provider,
    domain,
    gateways,
    network: completeNetwork(parsed.network, provider.region),
    cluster: { ...parsed.cluster, name: parsed.cluster.name ?? `${project}-${stack}` },
    external: { ...parsed.external, ...ofAws?.added },
    apps: completeApps(parsed.apps, domain, ofAws?.called),
  };
}
