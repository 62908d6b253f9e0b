import * as z from "zod";
import { concealedText } from "../concealed";
import type { Problem } from "../errors";
import { inBraces, outdented } from "./misplaced-values";
import { bare, exampleOf, keysOf, metaOf, schemaAt, type Schema } from "./schemas";
import { closest } from "./suggestions";
import { unknownKey } from "./unknown-key";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** A place in the stack file: `keyOf("eks-istio:apps", ["reviews", "routes", 0])` is `eks-istio:apps.reviews.routes[0]`. */
export function keyOf(section: string, path: Path): string {
  return path.reduce<string>((key, part) => {
    if (typeof part === "number") return `${key}[${part}]`;
    const name = String(part);
    return /^[\w-]+$/.test(name) ? `${key}.${name}` : `${key}["${name}"]`;
  }, section);
}

/** What stands at a path of parsed YAML; undefined if the way breaks off. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    root,
  );
}

/** Zod's issues with one section of the stack file, in the words of its user. */
export function explain(section: string, schema: Schema, raw: unknown, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => explainOne(section, schema, raw, issue));
}

function explainOne(section: string, schema: Schema, raw: unknown, issue: Issue): Problem[] {
  const key = keyOf(section, issue.path);
  const value = valueAt(raw, issue.path);
  const at = schemaAt(schema, issue.path);
  const problem = (rule: string, fix: string): Problem[] => [{ key, value, rule, fix }];

  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) =>
        unknownKey(keyOf(section, [...issue.path, unknown]), valueAt(value, [unknown]), unknown, keysOf(at)),
      );
    case "invalid_type":
      if (value === undefined) return problem("is required", `Set it${exampleOf(at, ", e.g. ")}.`);
      if (issue.expected === "string" && typeof value === "number")
        return problem("must be a string, and YAML reads it as a number", quoting(value, at));
      if (issue.expected === "int")
        return problem("must be a whole number", `Write a whole number${exampleOf(at, ", e.g. ")}.`);
      return problem(
        `must be ${names[issue.expected] ?? issue.expected}`,
        outdented(issue.path, schemaAt(schema, issue.path.slice(0, -1))) ??
          inBraces(value, at) ??
          `Write ${names[issue.expected] ?? issue.expected}${exampleOf(at, ", e.g. ")}.`,
      );
    case "invalid_value": {
      const allowed = issue.values.map(String);
      if (allowed.length === 1) return problem(`must be ${allowed[0]}, or left out`, "Remove it.");
      if (typeof value === "number" && issue.values.every((each) => typeof each === "string"))
        return problem("must be a string, and YAML reads it as a number", quotingOneOf(value, allowed));
      const renamed = typeof value === "string" ? metaOf(at)?.renamed?.get(value) : undefined;
      if (renamed) return problem(`was replaced by ${renamed}`, `Write ${renamed}.`);
      const near = typeof value === "string" ? closest(value, allowed) : undefined;
      const rule =
        value === undefined ? `is required, and one of ${allowed.join(", ")}` : `must be one of ${allowed.join(", ")}`;
      return problem(rule, near ? `Did you mean "${near}"?` : `Write one of ${allowed.join(", ")}.`);
    }
    case "too_small":
      return problem(
        `must ${measure(issue.origin, "at least", Number(issue.minimum))}`,
        `Write ${amount(issue.origin, Number(issue.minimum), "or more")}.`,
      );
    case "too_big":
      return problem(
        `must ${measure(issue.origin, "at most", Number(issue.maximum))}`,
        `Write ${amount(issue.origin, Number(issue.maximum), "or fewer")}.`,
      );
    case "invalid_format":
      return problem(issue.message, `Write it like ${exampleOf(at) || "the rule says"}.`);
    case "invalid_key":
      return issue.issues.map((inner) => ({
        key,
        value: issue.path.at(-1),
        rule: `is a name, and ${inner.message}`,
        fix: fixOf(inner) ?? renaming(String(issue.path.at(-1)), schemaAt(schema, issue.path.slice(0, -1))),
      }));
    case "invalid_union": {
      // A key that tells the forms of a map apart.
      if ("options" in issue && issue.options)
        return explainOne(section, schema, raw, {
          code: "invalid_value",
          values: issue.options.filter((each) => each !== undefined),
          path: issue.path,
          message: issue.message,
        });
      const branch = issue.errors.findIndex(
        (errors) => !errors.some(({ code, path }) => code === "invalid_type" && path.length === 0),
      );
      const union = at && bare(at);
      const option = union instanceof z.ZodUnion ? union.options[branch] : undefined;
      if (branch < 0 || !option)
        return problem(
          issue.message,
          typeof value === "number" &&
            union instanceof z.ZodUnion &&
            union.options.some((form) => form instanceof z.ZodString)
            ? `Put it in quotes: ${withZero(value)}.`
            : "Write one of these forms.",
        );
      return explain(key, option, value, issue.errors[branch] ?? []);
    }
    case "custom":
      return problem(issue.message, fixOf(issue) ?? `Change it${exampleOf(at, ", e.g. to ")}.`);
    default:
      return problem(issue.message, `Write it like ${exampleOf(at) || "the reference says"}.`);
  }
}

const names: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a map of keys and values",
  record: "a map of names and values",
  array: "a list",
};

function measure(origin: string, bound: string, limit: number): string {
  if (origin === "array") return `have ${bound} ${limit} ${limit === 1 ? "entry" : "entries"}`;
  if (origin === "string") return limit === 1 ? "not be empty" : `have ${bound} ${limit} characters`;
  return `be ${bound} ${limit}`;
}

function amount(origin: string, limit: number, more: string): string {
  if (origin === "array") return `${limit} ${limit === 1 ? "entry" : "entries"} ${more}`;
  if (origin === "string") return `${limit} ${limit === 1 ? "character" : "characters"} ${more}`;
  return `${limit} or ${more === "or more" ? "more" : "less"}`;
}

/** The fix that a rule of ours brings along. */
function fixOf(issue: Issue): string | undefined {
  return issue.code === "custom" && typeof issue.params?.fix === "string" ? issue.params.fix : undefined;
}

/** How to make a string of a number: by quotes, where what is in them keeps to the rule, or by an example. */
function quoting(value: number, at: Schema | undefined): string {
  const fits = !at || z.safeParse(at, String(value)).success;
  return fits ? `Put it in quotes: ${withZero(value)}.` : `Write it like ${exampleOf(at) || "the rule says"}.`;
}

/** The same, where only a few strings are allowed: of 1.30 YAML makes 1.3. */
function quotingOneOf(value: number, allowed: readonly string[]): string {
  const meant = allowed.find((each) => Number(each) === value);
  return meant === undefined
    ? `Write one of ${allowed.map((each) => JSON.stringify(each)).join(", ")}, in quotes.`
    : `Put it in quotes: "${meant}".`;
}

/** A number as a string, and as what it may have been before YAML cut off the zeros at its end. */
function withZero(value: number): string {
  return Number.isInteger(value) ? `"${value}"` : `"${value}", or "${value}0" if that was meant`;
}

/** How to mend a name: with the first spelling of it that its schema allows, if there is one. */
function renaming(name: string, schema: Schema | undefined): string {
  // The same in other letters tells as much.
  if (concealedText(name) !== name) return "Rename it.";
  const names = schema && bare(schema);
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  const spellings = [name.trim(), name.toLowerCase(), label, name.replace(/\W+/g, "_")];
  const allowed =
    names instanceof z.ZodRecord
      ? spellings.find((spelling) => z.safeParse(names.keyType, spelling).success)
      : undefined;
  return allowed ? `Rename it, e.g. to "${allowed}".` : "Rename it.";
}
