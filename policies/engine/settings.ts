import { closest } from "fastest-levenshtein";
import { globPattern } from "./inventory";
import type { Level, Rule } from "./rule";
import type * as Schema from "./settings-schema";

/** What a stack decides about the rules. */
export interface Settings {
  /** Levels by rule, where they differ from the rule's own. */
  readonly levels: ReadonlyMap<string, Level>;
  readonly exemptions: readonly Exemption[];
  /** Whether the stack serves users; undefined leaves it to the stack's name. */
  readonly production: boolean | undefined;
  /** Objects that others make, e.g. `Service shop/legacy`. */
  readonly outside: readonly string[];
}

/** One thing that one rule doesn't count against, for a time. */
export interface Exemption {
  readonly rule: string;
  /** As it was written. */
  readonly resource: string;
  readonly pattern: RegExp;
  readonly reason: string;
  /** The last day: `2027-01-31`. */
  readonly expires: string;
}

/** Where nothing is configured. */
export const noSettings: Settings = { levels: new Map(), exemptions: [], production: undefined, outside: [] };

/** Every mistake of a configuration in one error. */
export class PolicyConfigError extends Error {
  override readonly name = "PolicyConfigError";

  constructor(
    readonly problems: readonly string[],
    readonly file: string,
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`${file} has ${count}.\n\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

/** The properties that both stack policies take, in CrossGuard's words. What it can't say, {@link readSettings} checks. */
export const configProperties = {
  rules: {
    type: "object",
    description:
      'Levels by rule id, e.g. {"IST-HOST-CERT": "advisory"}, or {"IST-HOST-CERT": {"exempt": [{"resource": "VirtualService shop/*", "reason": "…", "expires": "2027-01-31"}]}}.',
  },
  production: {
    type: "boolean",
    description: "Whether the stack serves users, where some rules are stricter; its name decides if this is left out.",
  },
  outside: {
    type: "array",
    items: { type: "string" },
    description: 'Objects that others make, which references may count on, e.g. ["Service shop/legacy"].',
  },
} as const;

/**
 * Reads what stands under one policy's name.
 *
 * @param config e.g. `{ rules: { "IST-HOST-CERT": "advisory" } }`
 * @param key where that stands, for the messages
 * @throws PolicyConfigError with every mistake
 */
function readSettings(config: unknown, rules: readonly Rule[], key: string, file: string): Settings {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load zod when the program starts
  const { configOf } = require("./settings-schema") as typeof Schema;
  const { config: parsed, problems } = configOf(config, key);
  const ids = rules.map(({ id }) => id);
  const named =
    typeof config === "object" && config !== null ? Object.keys((config as { rules?: object }).rules ?? {}) : [];
  problems.push(
    ...named.filter((id) => !ids.includes(id)).map((id) => `${key}.rules.${id} is no rule. ${suggestion(id, ids)}`),
  );
  if (!parsed || problems.length > 0) throw new PolicyConfigError(problems, file);
  const { production, outside } = parsed;
  const entries = Object.entries(parsed.rules).map(([rule, value]) => ({
    rule,
    ...(typeof value === "string" ? { level: value, exempt: [] } : value),
  }));
  return {
    levels: new Map(entries.flatMap(({ rule, level }) => (level ? [[rule, level]] : []))),
    exemptions: entries.flatMap(({ rule, exempt = [] }) =>
      exempt.map((one) => ({ rule, ...one, pattern: globPattern(one.resource) })),
    ),
    production,
    outside,
  };
}

/**
 * Reads what stands under the policies' names, and puts it together: a stack writes each thing once, under either.
 *
 * @throws PolicyConfigError with every mistake, and where two contradict each other
 */
export function settingsOf(
  configs: Iterable<readonly [name: string, config: unknown]>,
  rules: readonly Rule[],
  file: string,
): Settings {
  const all: Settings[] = [];
  const problems: string[] = [];
  for (const [name, config] of configs) {
    try {
      all.push(readSettings(config, rules, name, file));
    } catch (error) {
      if (!(error instanceof PolicyConfigError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new PolicyConfigError(problems, file);
  return merged(all, file);
}

function merged(all: readonly Settings[], file: string): Settings {
  const levels = new Map<string, Level>();
  const problems: string[] = [];
  for (const [rule, level] of all.flatMap((one) => [...one.levels])) {
    const earlier = levels.get(rule);
    if (earlier && earlier !== level)
      problems.push(`rules.${rule} is ${earlier} under one policy and ${level} under another.`);
    levels.set(rule, level);
  }
  const production = new Set(all.flatMap((one) => one.production ?? []));
  if (production.size > 1) problems.push("production is true under one policy and false under another.");
  if (problems.length > 0) throw new PolicyConfigError(problems, file);
  return {
    levels,
    // The same one under both names counts once.
    exemptions: [...new Map(all.flatMap((one) => one.exemptions).map((one) => [JSON.stringify(one), one])).values()],
    production: [...production][0],
    outside: all.flatMap((one) => one.outside),
  };
}

/** Whether a stack's name says that it serves users: `prod`, `production`, `live`, alone or as a part (`eu-prod`). */
export function isProduction(stack: string): boolean {
  return stack.split(/[^a-z]+/i).some((part) => ["prod", "production", "live"].includes(part.toLowerCase()));
}

function suggestion(id: string, ids: readonly string[]): string {
  const nearest = ids.length > 0 ? closest(id, [...ids]) : undefined;
  return nearest ? `Did you mean ${nearest}?` : "";
}
