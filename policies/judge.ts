import { byCause } from "./engine/causes";
import { enforced, noConfig, readPolicyConfig, type PolicyConfig } from "./engine/config-file";
import { evaluate, type Evaluation } from "./engine/evaluate";
import { Inventory } from "./engine/inventory";
import type { ResourceData } from "./engine/resource";
import type { Rule } from "./engine/rule";
import { rules as allRules } from "./rules";
import { isProduction } from "./engine/settings";
import { shown } from "./engine/shown";
import { hiddenServices } from "./facts/gateway-api/services";
import { unjudgedReleases } from "./facts/kubernetes/charts";

/**
 * Judges resources from a plan or from files, as the pack would with the same configuration file.
 *
 * @param options.stack whose name says whether it serves users, unless the file does
 * @param options.unread where more objects come from, which aren't among the resources
 * @throws PolicyConfigError if the file has mistakes
 */
export function judge(
  resources: readonly ResourceData[],
  {
    stack = "",
    configFile,
    rules = allRules,
    unread = [],
  }: { stack?: string; configFile?: string; rules?: readonly Rule[]; unread?: readonly string[] } = {},
): Evaluation {
  const config: PolicyConfig = configFile === undefined ? noConfig : readPolicyConfig(configFile, rules);
  const { production = isProduction(stack), outside } = config.settings;
  const inventory = new Inventory(resources, { production, outside, unread });
  const evaluation = enforced(evaluate(inventory, rules, config.settings), config);
  const hidden = [...unjudgedReleases(inventory), ...hiddenServices(inventory)];
  const unrendered = hidden.map(({ resource, reason }) => ({
    rule: unrenderedRule,
    resource: shown(resource),
    reason: shown(reason),
  }));
  return { findings: byCause(evaluation.findings), unjudged: [...evaluation.unjudged, ...unrendered] };
}

/** What stands where a rule's id would, for what nobody rendered. */
const unrenderedRule = "--render";
