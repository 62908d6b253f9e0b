import { evaluate, resolved, type Evaluation, type Finding } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import { resourceOf, type Resource, type ResourceData } from "../../policies/engine/resource";
import type { Rule } from "../../policies/engine/rule";
import { noSettings, type Settings } from "../../policies/engine/settings";
import { pathText, unknown, type Path } from "../../policies/engine/value";
import { copy, today, type Loose, type Sample } from "./stack";

/** A property of one of a stack's resources. */
export interface Read {
  readonly index: number;
  readonly path: Path;
}

/** The sample that a rule is tried on: one that only counts where users are served is tried there. */
export function homeOf({ severity }: Rule): Sample {
  return typeof severity === "object" && severity.otherwise === "off" ? "prod" : "dev";
}

/** A rule that is off by default is advisory in its own tests. */
export function settingsFor({ id, severity }: Rule): Settings {
  return resolved(severity, true) === "off" ? { ...noSettings, levels: new Map([[id, "advisory"]]) } : noSettings;
}

/** What a rule says about resources. */
export function judgedBy(rule: Rule, resources: readonly ResourceData[]): Evaluation {
  const inventory = new Inventory(resources, { production: homeOf(rule) === "prod", today });
  return evaluate(inventory, [rule], settingsFor(rule));
}

/** Every property that a rule reads, found by letting it read through proxies. */
export function readsOf(rule: Rule, resources: readonly ResourceData[]): Read[] {
  const reads = new Map<string, Read>();
  let listening = false;
  const watched = (value: unknown, index: number, path: Path): unknown => {
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
      get(target, key) {
        const inner: unknown = Reflect.get(target, key);
        if (typeof key === "symbol" || !Object.hasOwn(target, key) || key === "length") return inner;
        const own = [...path, Array.isArray(target) ? Number(key) : key];
        if (listening) reads.set(`${index} ${JSON.stringify(own)}`, { index, path: own });
        return watched(inner, index, own);
      },
    });
  };
  const inventory = new Inventory(
    resources.map((one, index) => ({ ...one, properties: watched(one.properties, index, []) as Loose })),
    { production: homeOf(rule) === "prod", today },
  );
  listening = true;
  evaluate(inventory, [rule], settingsFor(rule));
  for (const read of resources.flatMap(namesOf)) reads.set(`${read.index} ${JSON.stringify(read.path)}`, read);
  return [...reads.values()];
}

/**
 * Its own name and namespace, of a Kubernetes object or a Release: rules ask for them by way of the inventory, which reads
 * them before any rule does.
 */
function namesOf({ type, properties }: ResourceData, index: number): Read[] {
  if (type === "kubernetes:helm.sh/v3:Release") return namesBelow(properties, index, []);
  const { apiVersion, metadata } = properties as Loose;
  return apiVersion === undefined ? [] : namesBelow(metadata, index, ["metadata"]);
}

function namesBelow(holder: unknown, index: number, path: Path): Read[] {
  if (typeof holder !== "object" || holder === null) return [];
  return ["name", "namespace"]
    .filter((key) => Object.hasOwn(holder, key))
    .map((key) => ({ index, path: [...path, key] }));
}

/** The resources with one property unknown. */
export function withUnknown(resources: readonly ResourceData[], { index, path }: Read): ResourceData[] {
  return resources.map((one, position) => {
    if (position !== index) return one;
    const properties = copy(one.properties) as Loose;
    let holder = properties;
    for (const key of path.slice(0, -1)) holder = holder[key];
    holder[path.at(-1)!] = unknown;
    return { ...one, properties };
  });
}

/**
 * An evaluation in which a resource is called what it was before its name or namespace became unknown. Done to both that are
 * compared: its other name may be one of something else, too.
 */
function renamed({ findings, unjudged }: Evaluation, now: Resource, before: Resource): Evaluation {
  const rename = (text: string) => text.replaceAll(now.label, before.label).replaceAll(now.name, before.name);
  return {
    findings: findings.map((one) => ({ ...one, resource: rename(one.resource), message: rename(one.message) })),
    unjudged: unjudged.map((one) => ({ ...one, resource: rename(one.resource), reason: rename(one.reason) })),
  };
}

/**
 * What goes wrong in a rule where one property is unknown; nothing, if each finding is still there and weighs as much, or is
 * said to be impossible to judge for that property, and none is new or weighs more.
 */
export function troubleOf(rule: Rule, known: Evaluation, resources: readonly ResourceData[], read: Read): string[] {
  const changed = withUnknown(resources, read);
  const [now, then] = [resourceOf(changed[read.index]!), resourceOf(resources[read.index]!)];
  const before = renamed(known, now, then);
  const after = renamed(judgedBy(rule, changed), now, then);
  const where = `${pathText(read.path)} of ${then.data.name} unknown:`;
  // A cluster's arguments are put into another shape: the last key is what stays.
  const last = pathText(read.path.slice(-1));
  const isExplained = ({ resource }: Finding) =>
    after.unjudged.some(
      (one) => one.resource === resource && one.reason.includes(last) && one.reason.endsWith("is unknown"),
    );
  const inOf = ({ findings }: Evaluation, { resource, path, message }: Finding) =>
    findings.filter((one) => one.resource === resource && one.path === path && one.message === message);
  const isIn = (evaluation: Evaluation, finding: Finding) => inOf(evaluation, finding).length > 0;
  const weighs = (evaluation: Evaluation, finding: Finding, severity: Finding["severity"]) =>
    inOf(evaluation, finding).some((one) => one.severity === severity);
  return [
    ...after.unjudged.filter(({ defect }) => defect).map(({ reason }) => `${where} ${reason}`),
    ...after.findings
      .filter((one) => !isIn(before, one))
      .map(({ message }) => `${where} finds what isn't known: ${message}`),
    ...before.findings
      .filter((one) => !isIn(after, one) && !isExplained(one))
      .map(({ message }) => `${where} silently loses: ${message}`),
    ...after.findings
      .filter((one) => isIn(before, one) && !weighs(before, one, one.severity))
      .filter((one) => one.severity === "mandatory" || !isExplained(one))
      .map(({ severity, message }) => `${where} silently makes ${severity}: ${message}`),
  ];
}
