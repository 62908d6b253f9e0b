import { Value } from "../../engine/value";

/** An IAM policy below a key: AWS takes JSON text, Pulumi a map as well. Absent, if it is no JSON. */
export function policyOf(holder: Value, key: string | number): Value {
  const value = holder.get(key);
  const text = value.text();
  return text === undefined ? value : new Value(holder.resource, parsed(text), holder, key);
}

/** A policy's statements that allow something. */
export function allowedBy(policy: Value): readonly Value[] {
  return oneOrMore(policy.get("Statement")).filter((statement) => statement.get("Effect").text() === "Allow");
}

/** What may stand alone or in a list: actions, resources, principals, a condition's values. */
export function oneOrMore(value: Value): readonly Value[] {
  const isAlone = value.text() !== undefined || value.entries().length > 0;
  return isAlone ? [value] : value.list();
}

/** Strings that may stand alone or in a list. */
export function textsIn(value: Value): readonly string[] {
  return oneOrMore(value).map((one) => one.text() ?? "");
}

/** Whether a statement is for everybody: `*`, or every AWS account. */
export function isForEverybody(statement: Value): boolean {
  const principal = statement.get("Principal");
  return principal.text() === "*" || textsIn(principal.get("AWS")).includes("*");
}

/** One test of a statement's condition, which only lets through certain strings. */
interface Condition {
  readonly key: string;
  /** Whether `*` and `?` in a value stand for other text. */
  readonly isPattern: boolean;
  readonly values: Value;
}

/** What a statement's condition compares for equality. Tests that a missing key passes are left out. */
export function conditionsOf(statement: Value): readonly Condition[] {
  return statement
    .get("Condition")
    .entries()
    .flatMap(([operator, tests]) => {
      const name = operator.replace(/^ForAnyValue:/, "");
      if (!["StringEquals", "StringEqualsIgnoreCase", "StringLike"].includes(name)) return [];
      return tests.entries().map(([key, values]) => ({ key, isPattern: name === "StringLike", values }));
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
