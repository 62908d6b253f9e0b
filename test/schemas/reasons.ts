import type { ErrorObject } from "ajv";

/** A field's path as people write it, e.g. `spec.http[0].match` or `metadata.labels["istio.io/rev"]`. */
export function fieldPath(path: readonly string[]): string {
  return path
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : /^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`))
    .join("")
    .replace(/^\./, "");
}

/** Where and why, e.g. `spec.http[0].retires: is no field of this object`. */
export function reason(path: readonly string[], text: string): string {
  return `${fieldPath(path) || "the object"}: ${text}`;
}

export const unknownField = "is no field of this object";

/** One error of a validator, in words. Validators compiled ahead of time carry no message. */
export function explained(
  { instancePath, keyword, params, message }: ErrorObject,
  below: readonly string[] = [],
): string {
  const path = [
    ...below,
    ...instancePath
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")),
  ];
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "additionalProperties":
      return reason([...path, String(given.additionalProperty)], unknownField);
    case "required":
      return reason([...path, String(given.missingProperty)], "is required");
    case "enum":
      return reason(path, `must be one of ${(given.allowedValues as string[]).join(", ")}`);
    case "const":
      return reason(path, `must be ${String(given.allowedValue)}`);
    case "type":
      return reason(path, `must be of type ${String(given.type)}`);
    case "format":
      return reason(path, `must have the format ${String(given.format)}`);
    default:
      return reason(path, message ?? `breaks "${keyword}"`);
  }
}

/** Whether an error only says why one branch of several did not hold; the branching keyword's own error says the rest. */
export function isBranch({ schemaPath }: ErrorObject): boolean {
  return /\/(oneOf|anyOf|not)\//.test(schemaPath);
}
