import { distance } from "fastest-levenshtein";
import { pathText, secret, unknown, type Path } from "../engine/value";
import { anything, resolved, type Schema } from "./schema";

/** Where a value differs from its schema, in words. */
interface Mistake {
  readonly path: Path;
  /** Reads after the object's name. */
  readonly message: string;
  readonly fix: string;
}

/** What a walk through a value found. */
interface Differences {
  readonly mistakes: readonly Mistake[];
  /** Where nothing can be said: what is there isn't known yet. */
  readonly unknowns: readonly Path[];
}

/**
 * Holds plain data, with the symbols of unknowns and secrets in it, against a schema. Fields that the schema doesn't
 * list are mistakes: the API server drops them, and nobody hears of it.
 */
export function differences(value: unknown, schema: Schema): Differences {
  const walk: Walk = { mistakes: [], unknowns: [] };
  visit(walk, value, schema, undefined);
  return walk;
}

interface Walk {
  readonly mistakes: Mistake[];
  readonly unknowns: Path[];
}

/** A path that shares its beginning with its neighbours': most are never written out. */
interface Step {
  readonly parent: Step | undefined;
  readonly key: string | number;
}

function visit(walk: Walk, value: unknown, reference: Schema, at: Step | undefined): void {
  if (value === undefined || value === null || value === secret) return;
  const schema = resolved(reference);
  if (value === unknown) {
    if (!isFree(schema)) walk.unknowns.push(keysOf(at));
    return;
  }
  const wanted = wantedType(value, schema);
  if (wanted !== undefined) report(walk, at, `is ${shown(value, schema)}, which the API server refuses`, wanted);
  else if (Array.isArray(value)) visitList(walk, value, schema, at);
  else if (typeof value === "object") visitMap(walk, value as Record<string, unknown>, schema, at);
  else if (typeof value === "string") visitText(walk, value, schema, at);
  else if (typeof value === "number") visitNumber(walk, value, schema, at);
}

/** What to write instead of a value of another type; undefined for the right one. */
function wantedType(value: unknown, schema: Schema): string | undefined {
  const { type } = schema;
  if (schema["x-kubernetes-int-or-string"])
    return ["string", "number"].includes(typeof value) ? undefined : "Write text or a number.";
  const own = Array.isArray(value) ? "array" : typeof value;
  if (type === undefined || own === type) return undefined;
  if (type === "integer" && Number.isInteger(value)) return undefined;
  const quotes =
    type === "string" && own !== "object" && own !== "array"
      ? " Put it in quotes."
      : own === "string" && ["integer", "number", "boolean"].includes(type)
        ? " Leave the quotes out."
        : "";
  return `It must be ${typeNames[type] ?? type}.${quotes}`;
}

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "a map",
  string: "text",
};

function visitList(walk: Walk, list: readonly unknown[], schema: Schema, at: Step | undefined): void {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (list.length < minItems) report(walk, at, "is empty", `It needs ${atLeast(minItems, "entry", "entries")}.`);
  if (list.length > maxItems) report(walk, at, `has ${list.length} entries`, `It takes ${maxItems} at most.`);
  if (items) list.forEach((item, index) => visit(walk, item, items, { parent: at, key: index }));
}

function visitMap(walk: Walk, map: Readonly<Record<string, unknown>>, schema: Schema, at: Step | undefined): void {
  const { properties, additionalProperties, required = [] } = schema;
  const isClosed = properties && additionalProperties === undefined && !schema["x-kubernetes-preserve-unknown-fields"];
  for (const key of Object.keys(map)) {
    const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known === anything) continue;
    const schemaBelow = known ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (schemaBelow) visit(walk, map[key], schemaBelow, { parent: at, key });
    // Pulumi keeps notes of its own among inputs.
    else if (isClosed && !key.startsWith("__") && isPresent(map[key])) {
      const below = { parent: at, key };
      report(walk, below, "is no field: it is refused, or dropped silently", suggestion(key, properties));
    }
  }
  for (const key of required) if (!isPresent(map[key])) report(walk, { parent: at, key }, "is missing", `Add ${key}.`);
  for (const group of schema.oneOf || schema.allOf ? exclusive(schema) : []) {
    const both = group.filter((key) => isPresent(map[key]));
    if (both.length > 1) report(walk, at, `has ${both.join(" and ")}`, `Keep one of ${group.join(", ")}.`);
  }
}

/**
 * Whether a schema takes any text, or true and false alike: what is unknown there becomes one of them, and there is
 * nothing to say about it. A number often comes as a text, and a list or a map with typos.
 */
function isFree({ type, ...rest }: Schema): boolean {
  return (type === "string" || type === "boolean") && Object.keys(rest).every((key) => unjudged.has(key));
}

const unjudged: ReadonlySet<string> = new Set(["format", "nullable"]);

function visitText(walk: Walk, text: string, schema: Schema, at: Step | undefined): void {
  const { enum: allowed, pattern, minLength = 0, maxLength = Infinity } = schema;
  if (allowed && !allowed.includes(text)) {
    const names = allowed.map(String);
    const nearest = nearestOf(text, names);
    report(
      walk,
      at,
      `is "${text}", which is none of its values`,
      nearest === undefined ? `Write one of ${names.join(", ")}.` : `Did you mean ${nearest}?`,
    );
  }
  if (text.length < minLength) report(walk, at, "is empty", "Write something, or leave it out.");
  if (text.length > maxLength) report(walk, at, `is ${text.length} characters long`, `It takes ${maxLength} at most.`);
  if (pattern !== undefined && !regexOf(pattern).test(text))
    report(walk, at, `is "${text}", which the API server refuses`, `It must look like ${pattern}.`);
}

function visitNumber(walk: Walk, number: number, schema: Schema, at: Step | undefined): void {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (number < minimum) report(walk, at, `is ${number}`, `It must be ${minimum} or more.`);
  if (number > maximum) report(walk, at, `is ${number}`, `It must be ${maximum} or less.`);
}

/** Groups of fields of which one may be there: how Istio's CRDs write protobuf's `oneof`. */
function exclusive({ oneOf, allOf = [] }: Schema): string[][] {
  return [oneOf, ...allOf.map((inner) => inner.oneOf)].flatMap((branches) =>
    branches ? [branches.flatMap(({ required = [] }) => required)] : [],
  );
}

function suggestion(key: string, properties: Readonly<Record<string, Schema>>): string {
  const names = Object.keys(properties);
  const nearest = nearestOf(key, names);
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : "";
  return names.length === 0 ? "Take it out." : `Known here: ${names.slice(0, mostNames).join(", ")}${more}.`;
}

const mostNames = 12;

/** The nearest of some names, if it is near enough to be meant. */
export function nearestOf(text: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, far: distance(name.toLowerCase(), text.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(text.length / 3)) ? best.name : undefined;
}

/** Whether a name is a letter or two away from another, and long enough for that to be a slip. */
export function isSlip(text: string, names: readonly string[]): boolean {
  return text.length > 3 && names.some((name) => name !== text && distance(text, name) <= 2);
}

/** A question for a fix to begin with; nothing, if no name is near enough to be meant. */
export function didYouMean(text: string, names: readonly string[]): string {
  const isPart = (name: string) => name.startsWith(text) || text.startsWith(name);
  const nearest = nearestOf(text, names) ?? names.find((name) => name !== "" && text !== "" && isPart(name));
  return nearest === undefined ? "" : `Did you mean ${nearest}? `;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A value of another type by that type alone: it may be a password that somebody forgot to put in quotes. */
function shown(value: unknown, { type }: Schema): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && type !== "integer") return "a number";
  return typeof value === "object" ? "a map" : typeof value === "string" ? "text" : JSON.stringify(value);
}

function atLeast(count: number, one: string, more: string): string {
  return count === 1 ? `one ${one}` : `${count} ${more}`;
}

function report(walk: Walk, at: Step | undefined, what: string, fix: string): void {
  const path = keysOf(at);
  walk.mistakes.push({ path, message: `${pathText(path) || "it"} ${what}.`, fix });
}

function keysOf(at: Step | undefined): Path {
  const keys: (string | number)[] = [];
  for (let step = at; step !== undefined; step = step.parent) keys.unshift(step.key);
  return keys;
}

const regexes = new Map<string, RegExp>();

function regexOf(pattern: string): RegExp {
  const known = regexes.get(pattern);
  if (known) return known;
  const regex = new RegExp(pattern);
  regexes.set(pattern, regex);
  return regex;
}
