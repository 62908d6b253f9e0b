import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What AWS asks of a value. Lengths for text, sizes for lists and maps, the number itself for numbers. */
export interface Rule {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly key?: Rule;
  readonly value?: Rule;
}

/** An action of IAM's. */
export interface Action {
  /** ARNs, with `${Name}` in them, of what it is about; none if it takes no resource. */
  readonly resources: readonly string[];
  /** Keys that a condition may name, with `${TagKey}` in them. */
  readonly conditions: readonly string[];
}

/** The generated file: `npm run generate` writes it, `scripts/aws-models.ts` says from what. */
export interface Models {
  /** Packages and their versions. */
  readonly source: Readonly<Record<string, string>>;
  readonly operations: Readonly<
    Record<string, { readonly required: readonly string[]; readonly members: Readonly<Record<string, Rule>> }>
  >;
  readonly actions: Readonly<Record<string, Action>>;
}

export const models = JSON.parse(readFileSync(join(__dirname, "models.json"), "utf8")) as Models;

/** What AWS would say against a value; nothing if it would take it. */
export function refusals(rule: Rule, value: unknown): string[] {
  if (rule.type === "map" && typeof value === "object" && value !== null)
    return [
      ...sizes(rule, Object.keys(value).length, "entries"),
      ...Object.entries(value).flatMap(([key, one]) => [
        ...(rule.key ? refusals(rule.key, key) : []),
        ...(rule.value ? refusals(rule.value, one) : []),
      ]),
    ];
  if (rule.type === "list") return sizes(rule, Array.isArray(value) ? value.length : 1, "entries");
  if (["integer", "long"].includes(rule.type)) {
    const number = Number(value);
    return Number.isInteger(number) ? sizes(rule, number, "") : [`${String(value)} is no whole number`];
  }
  if (rule.type === "boolean")
    return ["true", "false"].includes(String(value)) ? [] : [`${String(value)} is no boolean`];
  if (rule.type !== "string") return [`is a ${rule.type}, which the test can't judge`];
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return [
    ...sizes(rule, text.length, "characters"),
    ...(rule.enum && !rule.enum.includes(text) ? [`"${text}" is none of ${rule.enum.slice(0, 8).join(", ")}`] : []),
    ...(rule.pattern !== undefined && !patternOf(rule.pattern).test(text) ? [`"${text}" is not ${rule.pattern}`] : []),
  ];
}

function sizes({ min = -Infinity, max = Infinity }: Rule, size: number, unit: string): string[] {
  return size < min || size > max ? [`${size} ${unit} is not between ${min} and ${max}`.replace("  ", " ")] : [];
}

/** A pattern of Java's, whole as AWS reads it. */
function patternOf(pattern: string): RegExp {
  const whole = `^(?:${pattern.replaceAll("\\p{ASCII}", "\\x00-\\x7F").replace(/\\u00FF/g, "\\xFF")})$`;
  try {
    return new RegExp(whole, "u");
  } catch {
    return new RegExp(whole);
  }
}
