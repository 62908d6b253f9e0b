import { RE2JS } from "re2js";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { overlap } from "./gateways";

/** One condition of a route rule; a rule without any has one that takes every request. */
export interface Match {
  readonly value: Value;
  readonly isCatchAll: boolean;
  /** For people: `uri prefix "/api"`. */
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The conditions of a route rule. Throws if any of it is unknown. */
export function matchesOf(route: Value): Match[] {
  const matches = route.get("match").list();
  if (matches.length === 0) return [matchOf(route.get("match"), {})];
  return matches.map((match) => matchOf(match, match.plain() as Fields));
}

/** The conditions of all HTTP routes of a VirtualService. */
export function httpMatches(rule: KubernetesObject): Match[] {
  return rule
    .get("spec", "http")
    .list()
    .filter((route) => !route.get("delegate").exists)
    .flatMap(matchesOf);
}

type Fields = Readonly<Record<string, unknown>>;

/** They name a match, and decide nothing. */
const labels: ReadonlySet<string> = new Set(["name", "statPrefix"]);

function matchOf(value: Value, raw: Fields): Match {
  const fields = Object.fromEntries(
    Object.entries(raw).filter(([key, field]) => !labels.has(key) && !isEmpty(field) && field !== false),
  );
  const { ignoreUriCase, ...conditions } = fields;
  const uri = conditions.uri as StringMatch | undefined;
  const isAll = Object.keys(conditions).length === 0 || (Object.keys(conditions).length === 1 && isAnyPath(uri));
  return { value, fields, isCatchAll: isAll, text: textOf(conditions, ignoreUriCase === true) };
}

/**
 * Whether an earlier condition takes every request that a later one would. It says so only where that is certain: of
 * regular expressions it knows whether they take one text, not whether one contains another.
 */
export function matchCovers(earlier: Match, later: Match): boolean {
  if (earlier.isCatchAll) return true;
  return Object.entries(earlier.fields).every(([key, condition]) => {
    const other = later.fields[key];
    switch (key) {
      case "ignoreUriCase":
        return true;
      case "uri":
        return coversPath(condition, other, earlier.fields.ignoreUriCase === true, later.fields.ignoreUriCase === true);
      case "method":
      case "scheme":
      case "authority":
        return coversText(condition, other);
      case "headers":
        return coversEach(lowered(condition), lowered(other), (a, b) => coversText(a, b));
      case "queryParams":
        return coversEach(condition, other, (a, b) => coversText(a, b));
      case "withoutHeaders":
        // The more the earlier one leaves out, the less it takes.
        return coversEach(lowered(condition), lowered(other), (a, b) => coversText(b, a));
      case "sourceLabels":
        return coversEach(condition, other, (a, b) => a === b);
      case "sniHosts":
        return (
          listOf(other).length > 0 && listOf(other).every((host) => listOf(condition).some((one) => takes(one, host)))
        );
      case "gateways":
      case "destinationSubnets":
      case "sourceSubnet":
        return listOf(other).length > 0 && listOf(other).every((one) => listOf(condition).includes(one));
      default:
        return JSON.stringify(condition) === JSON.stringify(other);
    }
  });
}

interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

/** Istio takes these for any path, and drops what follows. */
function isAnyPath(uri: StringMatch | undefined): boolean {
  return uri !== undefined && (uri.prefix === "/" || uri.prefix === "" || uri.regex === "*" || uri.regex === ".*");
}

function coversPath(earlier: unknown, later: unknown, ignoresCase: boolean, laterIgnoresCase: boolean): boolean {
  if (isAnyPath(earlier as StringMatch)) return true;
  if (ignoresCase) return coversText(folded(earlier), folded(later));
  return !laterIgnoresCase && coversText(earlier, later);
}

function coversText(earlier: unknown, later: unknown): boolean {
  if (later === undefined) return false;
  const [a, b] = [earlier as StringMatch, later as StringMatch];
  // Without a kind, a header has to be there, whatever it says.
  if (a.exact === undefined && a.prefix === undefined && a.regex === undefined) return true;
  if (a.exact !== undefined) return b.exact === a.exact;
  if (a.prefix !== undefined) return (b.exact ?? b.prefix)?.startsWith(a.prefix) ?? false;
  if (a.regex === ".*") return true;
  if (b.regex !== undefined) return a.regex === b.regex;
  return b.exact !== undefined && isTaken(a.regex ?? "", b.exact);
}

function isTaken(regex: string, text: string): boolean {
  try {
    return RE2JS.compile(regex).matches(text);
  } catch {
    return false;
  }
}

/** Each condition of the earlier one has a counterpart that asks for at least as much. */
function coversEach(earlier: unknown, later: unknown, each: (a: unknown, b: unknown) => boolean): boolean {
  const others = mapOf(later);
  return Object.entries(mapOf(earlier)).every(([key, value]) => Object.hasOwn(others, key) && each(value, others[key]));
}

function takes(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*") && host.length >= pattern.length && overlap(pattern, host));
}

function folded(match: unknown): StringMatch {
  return Object.fromEntries(
    Object.entries(mapOf(match)).map(([key, text]) => [key, typeof text === "string" ? text.toLowerCase() : ""]),
  );
}

function lowered(map: unknown): Fields {
  return Object.fromEntries(Object.entries(mapOf(map)).map(([key, value]) => [key.toLowerCase(), value]));
}

function mapOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function textOf(conditions: Fields, ignoresCase: boolean): string {
  if (Object.keys(conditions).length === 0) return "every request";
  const parts = Object.entries(conditions).flatMap(([key, condition]) => partsOf(key, condition));
  return parts.join(" and ") + (ignoresCase ? " in any case" : "");
}

const words: Readonly<Record<string, string>> = {
  headers: "header",
  withoutHeaders: "missing header",
  queryParams: "query",
  sourceLabels: "source label",
  sniHosts: "SNI",
};

function partsOf(key: string, condition: unknown): string[] {
  const word = words[key] ?? key;
  if (typeof condition !== "object" || Array.isArray(condition))
    return [`${word} ${(Array.isArray(condition) ? condition : [condition]).join(", ")}`];
  if (!(key in words)) return [`${word} ${matchText(condition)}`];
  return Object.entries(mapOf(condition)).map(([name, match]) => `${word} ${name} ${matchText(match)}`.trim());
}

function matchText(match: unknown): string {
  if (typeof match === "string") return `"${match}"`;
  return Object.entries(mapOf(match))
    .map(([kind, text]) => `${kind} "${String(text)}"`)
    .join(" and ");
}
