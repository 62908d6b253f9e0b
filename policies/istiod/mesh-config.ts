import type { Check, Severity } from "../engine/rule";
import type { Value } from "../engine/value";
import { nanoseconds } from "../facts/istio/durations";
import { mergedFields } from "../facts/istio/message-field";
import { nearestOf } from "../schemas/mistakes";
import { istioTables } from "../schemas/tables";

/** Takes what is wrong with a value: reads after the value's path. */
type Report = (at: Value, what: string, fix: string, severity?: Severity) => void;

/**
 * What istiod finds wrong where it reads a message of its mesh configuration. It passes over fields that it doesn't know,
 * knows each by two spellings (but for two of MeshConfig's), and can't read any of it where one value is none of an enum's or of another type.
 *
 * @param name of the message in Go: `MeshConfig`, `ProxyConfig`
 * @see https://github.com/istio/istio/blob/master/pkg/util/protomarshal/protomarshal.go for ApplyJSON
 * @see https://github.com/golang/protobuf/blob/v1.5.4/jsonpb/decode.go
 */
export function readMessage(value: Value, name: string, check: Check, report: Report): void {
  if (isScalar(value) || value.list().length > 0) {
    report(value, `is no map${unread}`, "Write its fields below it.");
    return;
  }
  const fields = istioTables().messages[name] ?? {};
  check.each(value.entries(), ([key, inner]) => {
    const field = Object.hasOwn(fields, key) ? key : camelCase(key);
    const type = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (name === "MeshConfig" && key !== field && mergedFields.has(field)) reportDropped(inner, key, field, report);
    if (type !== undefined) readField(inner, type, check, report);
    else if (inner.isUnknown || inner.exists) reportField(inner, key, name, Object.keys(fields), report);
  });
}

const unread =
  ": istiod can't read the mesh's configuration with it, and keeps the last one that it could, or its defaults";

/** It is read all the same: a wrong value in it costs the whole configuration. */
function reportDropped(at: Value, key: string, field: string, report: Report): void {
  if (at.isUnknown || at.exists)
    report(at, `istiod drops ${key}: it looks for this field by the name ${field} alone`, `Write ${field}.`);
}

/** Without a field of nearly that name it may be one of a newer version. */
function reportField(at: Value, key: string, name: string, fields: readonly string[], report: Report): void {
  const nearest = nearestOf(camelCase(key), fields);
  report(
    at,
    `${name.split("_").at(-1) ?? name} has no field ${key}: istiod passes over it`,
    nearest === undefined ? "Look it up in Istio's reference, or take it out." : `Did you mean ${nearest}?`,
    nearest === undefined ? "advisory" : "mandatory",
  );
}

/** `access_log_file` is what protobuf calls `accessLogFile`: its JSON takes both. */
function camelCase(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function readField(value: Value, type: string, check: Check, report: Report): void {
  if (!value.exists) return;
  if (type.startsWith("[]")) {
    if (isScalar(value) || value.entries().length > 0) report(value, `is no list${unread}`, "Write a list.");
    check.each(value.list(), (entry) => readValue(entry, type.slice(2), check, report));
  } else if (type.startsWith("{}")) {
    if (isScalar(value) || value.list().length > 0) report(value, `is no map${unread}`, "Write a map.");
    check.each(value.entries(), ([, entry]) => readValue(entry, type.slice(2), check, report));
  } else readValue(value, type, check, report);
}

function readValue(value: Value, type: string, check: Check, report: Report): void {
  if (type === "anything" || !value.exists) return;
  const { enums, messages } = istioTables();
  const basic = Object.hasOwn(basics, type) ? basics[type] : undefined;
  const names = enums[type];
  if (names) readEnum(value, names, report);
  else if (basic) {
    if (!basic.fits(value)) report(value, `is ${shown(value)}${unread}`, basic.fix);
  } else if (Object.hasOwn(messages, type)) readMessage(value, type, check, report);
}

/** A number stands for whatever has it, known or not. */
function readEnum(value: Value, names: readonly string[], report: Report): void {
  const text = value.text();
  if (value.number() !== undefined || (text !== undefined && names.includes(text))) return;
  const nearest = text === undefined ? undefined : nearestOf(text.toUpperCase(), names);
  const choice = `It takes ${names.join(", ")}.`;
  report(
    value,
    `is ${shown(value)}${unread}`,
    nearest === undefined || nearest === text ? choice : `Did you mean ${nearest}? ${choice}`,
  );
}

interface Basic {
  readonly fits: (value: Value) => boolean;
  readonly fix: string;
}

/** Numbers may be in quotes, nothing else may. */
const basics: Readonly<Record<string, Basic>> = {
  boolean: { fits: (value) => value.boolean() !== undefined, fix: "Write true or false, without quotes." },
  duration: {
    fits: (value) => nanoseconds(value.text() ?? "") !== undefined || value.text() === "0",
    fix: 'Write a duration, such as "10s".',
  },
  integer: { fits: (value) => Number.isInteger(numberOf(value)), fix: "Write a whole number." },
  number: { fits: (value) => !Number.isNaN(numberOf(value)), fix: "Write a number." },
  string: { fits: (value) => value.text() !== undefined, fix: "Write text, in quotes." },
};

function numberOf(value: Value): number {
  const text = value.text();
  return value.number() ?? (text === undefined || text.trim() === "" ? NaN : Number(text));
}

function isScalar(value: Value): boolean {
  return value.text() !== undefined || value.number() !== undefined || value.boolean() !== undefined;
}

function shown(value: Value): string {
  const scalar = value.text() ?? value.number() ?? value.boolean();
  return scalar === undefined ? (value.list().length > 0 ? "a list" : "a map") : JSON.stringify(scalar);
}
