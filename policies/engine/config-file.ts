import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Evaluation, Finding } from "./evaluate";
import { collectorName, policyNames, type PolicyName } from "./names";
import type { Rule } from "./rule";
import { noSettings, PolicyConfigError, settingsOf, type Settings } from "./settings";

/** CrossGuard's levels, which belong to whole policies. */
type Enforcement = "advisory" | "mandatory" | "disabled";

/** A configuration file, read. */
export interface PolicyConfig {
  readonly settings: Settings;
  /** What the file says of the policies themselves. */
  readonly enforcement: Readonly<Partial<Record<PolicyName, Enforcement>>>;
}

/** Where there is no file. */
export const noConfig: PolicyConfig = { settings: noSettings, enforcement: {} };

/**
 * Reads the file that `pulumi preview --policy-pack-config` reads: JSON by the name of the policy.
 *
 * @throws PolicyConfigError with every mistake
 */
export function readPolicyConfig(path: string, rules: readonly Rule[]): PolicyConfig {
  const document = parsed(path);
  const names = Object.keys(document);
  const unknown = names.filter((name) => ![...policyNames, collectorName, "all"].includes(name));
  if (unknown.length > 0)
    throw new PolicyConfigError(
      unknown.map((name) => `${name} is no policy. Write ${policyNames.join(", ")} or all.`),
      path,
    );
  const problems: string[] = [];
  const enforcement: Partial<Record<PolicyName, Enforcement>> = {};
  const configs = policyNames.map((name) => {
    const { enforcementLevel, ...properties } = asObject(document[name]);
    const level = enforcementLevel ?? asObject(document.all).enforcementLevel;
    if (isEnforcement(level)) enforcement[name] = level;
    else if (level !== undefined) problems.push(`${name}.enforcementLevel: write advisory, mandatory or disabled.`);
    return [name, properties] as const;
  });
  if (problems.length > 0) throw new PolicyConfigError(problems, path);
  return { settings: settingsOf(configs, rules, path), enforcement };
}

/**
 * The configuration file of a stack: the one that was named, or else `policy-config.STACK.json` or
 * `policy-config.json` in the project's folder, or none.
 */
export function policyConfigFile(named: string | undefined, folder: string, stack?: string): string | undefined {
  if (named !== undefined) return named;
  const usual = [...(stack ? [`policy-config.${stack}.json`] : []), "policy-config.json"];
  return usual.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Findings as CrossGuard would report them, with the levels of whole policies. */
export function enforced({ findings, unjudged }: Evaluation, { enforcement }: PolicyConfig): Evaluation {
  const counted = findings.flatMap((finding): Finding[] => {
    const level = enforcement[`eks-istio-${finding.severity}`] ?? finding.severity;
    return level === "disabled" ? [] : [{ ...finding, severity: level }];
  });
  return { findings: counted, unjudged };
}

function parsed(path: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof document === "object" && document !== null && !Array.isArray(document))
      return document as Record<string, unknown>;
  } catch (error) {
    throw new PolicyConfigError([`It can't be read: ${error instanceof Error ? error.message : String(error)}`], path);
  }
  throw new PolicyConfigError(["It must be a JSON object with a key for each policy."], path);
}

/** A policy's level alone may stand for the object. */
function asObject(value: unknown): Record<string, unknown> {
  if (typeof value === "string") return { enforcementLevel: value };
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isEnforcement(value: unknown): value is Enforcement {
  return value === "advisory" || value === "mandatory" || value === "disabled";
}
