import type {
  Policies,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { byCause } from "./engine/causes";
import { evaluate, findingText, unjudgedText, type Evaluation, type Unjudged } from "./engine/evaluate";
import { Inventory } from "./engine/inventory";
import { collectorName, policyNames, type PolicyName } from "./engine/names";
import type { Rule } from "./engine/rule";
import { configProperties, isProduction, PolicyConfigError, settingsOf } from "./engine/settings";
import { fromEngine, inputsOf } from "./sources/engine";
import type { Properties } from "./engine/value";

/** The text in messages that stands for the configuration, whose file's name the engine keeps to itself. */
const configuration = "The policies' configuration";

/**
 * The pack's policies. CrossGuard's levels belong to policies: so a collector, which sees every resource's inputs, and
 * two stack policies, one for each level, which share one evaluation of all rules.
 *
 * @param today is for tests
 */
export function policiesOf(rules: readonly Rule[], today?: Date): Policies {
  const run = new Run(rules, today);
  return [
    {
      name: collectorName,
      description: "Collects what the other policies judge, and reports nothing.",
      enforcementLevel: "advisory",
      validateResource: (args) => run.collect(args),
    },
    ...policyNames.map((name) => stackPolicy(name, run)),
  ];
}

function stackPolicy(
  name: PolicyName,
  run: Run,
): StackValidationPolicy & Pick<ResourceValidationPolicy, "validateResource"> {
  const level = name === "eks-istio-mandatory" ? "mandatory" : "advisory";
  return {
    name,
    // It stands above each finding.
    description: "Rules and their reasons: docs/rules.md. Levels and exemptions: docs/policies.md.",
    enforcementLevel: level,
    configSchema: { properties: configProperties as unknown as Record<string, object> },
    // A policy gets its own configuration only. What stands under either name counts for both, so each hands on what
    // it got before the first of them judges. Once is enough, as a pack is configured when it starts: each
    // resource that a resource policy looks at is unpacked for it.
    get validateResource() {
      if (run.isConfigured(name)) return undefined;
      return (args: ResourceValidationArgs) => run.configure(name, args.getConfig());
    },
    validateStack: (args, report) => {
      const { findings, unjudged, error } = run.judged(name, args);
      if (error) {
        report(error);
        return;
      }
      for (const finding of findings.filter(({ severity }) => severity === level))
        report(findingText(finding), finding.urn);
      if (level === "advisory") for (const line of byRule(unjudged)) report(line);
    },
  };
}

/** One line a rule: a first preview leaves much unknown. */
function byRule(unjudged: readonly Unjudged[]): string[] {
  const counts = new Map<string, { readonly first: Unjudged; more: number }>();
  for (const one of unjudged) {
    const seen = counts.get(one.rule);
    if (seen) seen.more += 1;
    else counts.set(one.rule, { first: one, more: 0 });
  }
  return [...counts.values()].map(
    ({ first, more }) => `${unjudgedText(first)}${more > 0 ? ` Nor could ${more} more.` : ""}`,
  );
}

const nothing: Outcome = { findings: [], unjudged: [] };

interface Outcome extends Evaluation {
  /** What is wrong with the configuration. Nothing was judged. */
  readonly error?: string;
}

/**
 * What one preview or update collects and judges. A process may see several, one after the other, each with all its
 * resources before its two judgements.
 */
class Run {
  readonly #inputs = new Map<string, Properties>();
  readonly #configs = new Map<PolicyName, object>();
  #outcome: Outcome | undefined;
  readonly #reported = new Set<PolicyName>();

  constructor(
    readonly rules: readonly Rule[],
    readonly today?: Date,
  ) {}

  collect(args: ResourceValidationArgs): void {
    if (this.#outcome) this.#reset();
    this.#inputs.set(args.urn, inputsOf(args));
  }

  configure(name: PolicyName, config: object): void {
    this.#configs.set(name, config);
  }

  isConfigured(name: PolicyName): boolean {
    return this.#configs.has(name);
  }

  /** What the rules say: worked out for the policy that asks first. One that asks again is in another run. */
  judged(name: PolicyName, args: StackValidationArgs): Outcome {
    this.configure(name, args.getConfig());
    if (this.#reported.has(name)) this.#outcome = undefined;
    if (!this.#outcome) this.#reported.clear();
    this.#reported.add(name);
    const outcome = (this.#outcome ??= this.#judge(args));
    // A mistake in the configuration is reported once.
    return outcome.error !== undefined && this.#reported.size > 1 ? nothing : outcome;
  }

  #judge({ resources }: StackValidationArgs): Outcome {
    try {
      const settings = settingsOf(this.#configs, this.rules, configuration);
      const stack = resources[0]?.urn.split("::")[0]?.split(":").at(-1) ?? "";
      const { production = isProduction(stack), outside } = settings;
      const inventory = new Inventory(fromEngine(resources, this.#inputs), { production, outside, today: this.today });
      const { findings, unjudged } = evaluate(inventory, this.rules, settings, this.today);
      return { findings: byCause(findings), unjudged };
    } catch (error) {
      if (error instanceof PolicyConfigError) return { findings: [], unjudged: [], error: error.message };
      throw error;
    }
  }

  #reset(): void {
    this.#outcome = undefined;
    this.#reported.clear();
    this.#inputs.clear();
  }
}
