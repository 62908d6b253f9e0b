import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../policies/engine/rule";
import type { Sample, StackDraft } from "./stack";

/** A change to a valid stack that breaks one rule. */
export interface Breaking {
  readonly change: (stack: StackDraft) => void;
  /** What the rule then says, each as a person reads it, mandatory ones first. */
  readonly finds: readonly string[];
  /** The level of each finding, if it isn't the rule's own in the sample's stack. */
  readonly severity?: "mandatory" | "advisory";
  /** `dev` by default; `prod` for a rule that is off elsewhere. */
  readonly sample?: Sample;
  /**
   * Properties that lose their finding in silence once they are unknown, since their unknown values are always fine and
   * telling of each would bury what matters: `spec.http[1].name`.
   */
  readonly silent?: readonly string[];
}

/** A change to a valid stack after which the rule is still kept: a neighbour of a violation, or an exception. */
export type Keeping = (stack: StackDraft) => void;

/**
 * A rule with what breaks it and what doesn't. Every rule has a file of these, `rules/FAMILY/NAME.cases.ts`, or several in a
 * folder, `rules/FAMILY/NAME/PART.cases.ts`.
 */
export interface RuleCases {
  readonly rule: Rule;
  readonly breaks: Readonly<Record<string, Breaking>>;
  readonly keeps: Readonly<Record<string, Keeping>>;
}

/** A rule's cases; a file of cases exports them as `default`. */
export function cases(rule: Rule, { breaks, keeps }: Omit<RuleCases, "rule">): RuleCases {
  return { rule, breaks, keeps };
}

/**
 * The cases of each rule together, wherever they were written.
 *
 * @throws if two cases of one rule have one name: one of them would be lost.
 */
export function merged(parts: readonly RuleCases[]): readonly RuleCases[] {
  const ofRules = new Map<Rule, RuleCases>();
  for (const { rule, ...own } of parts) {
    const { breaks, keeps } = ofRules.get(rule) ?? { breaks: {}, keeps: {} };
    ofRules.set(rule, {
      rule,
      breaks: together(`${rule.id} breaks`, breaks, own.breaks),
      keeps: together(`${rule.id} keeps`, keeps, own.keeps),
    });
  }
  return [...ofRules.values()];
}

function together<T>(where: string, some: Readonly<Record<string, T>>, more: Readonly<Record<string, T>>) {
  const twice = Object.keys(more).filter((name) => Object.hasOwn(some, name));
  if (twice.length > 0) throw new Error(`Two cases of one name in ${where}: ${twice.join(", ")}. Name one anew.`);
  return { ...some, ...more };
}

/** The cases of every rule that has any. */
export const allCases: readonly RuleCases[] = merged(
  readdirSync(join(__dirname, "rules"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".cases.ts"))
    .sort()
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- mocha wants to know its tests before anything is awaited
    .map((file) => (require(join(__dirname, "rules", file)) as { readonly default: RuleCases }).default),
);
