import { RE2JS } from "re2js";
import type { StringMatch } from "../settings/apps/matches";
import type { Match, OnTheWay, Route } from "./model";

/** A request as a proxy sees it that routes by it. */
export interface RoutedRequest {
  readonly method: string;
  /** As the proxy sees it: where TLS has ended before, `http`. */
  readonly scheme: string;
  /** The Host header: a name, and its port where it was written. */
  readonly authority: string;
  /** Without the query. */
  readonly path: string;
  /** As it was written, without the question mark, e.g. `a=1&b=`. */
  readonly query: string;
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The port that it was sent to. */
  readonly port: number;
  /** The calling pod, for a call from inside the mesh. */
  readonly source?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
}

/**
 * A path as proxies read and pass it on: characters that need no escape stand without one, and two that need one and that
 * `URL` lets pass have one. Slashes stay as they are, doubled and escaped ones, too.
 *
 * @param path without dot segments, as `URL` has it
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ProxyPathNormalization
 */
export function normalized(path: string): string {
  const plain = path.replace(/%([0-9A-Fa-f]{2})/g, (escape, hex: string) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[-A-Za-z0-9_.~]/.test(character) ? character : escape;
  });
  return plain.replaceAll("^", "%5E").replaceAll("|", "%7C");
}

/** The route that a request takes, and the alternative of its matches that holds; none for a route without matches. */
export interface Taken {
  readonly route: Route;
  readonly match?: Match;
}

/** The first route that takes a request; undefined where none does. */
export function routeOf(routes: readonly Route[], request: RoutedRequest): Taken | undefined {
  for (const route of routes) {
    if (route.matches.length === 0) return { route };
    const match = route.matches.find((each) => holds(each, request));
    if (match) return { route, match };
  }
  return undefined;
}

/** Whether every condition of a match holds for a request. */
function holds(match: Match, request: RoutedRequest): boolean {
  const { headers, query } = request;
  const ignoreCase = match.ignoreUriCase ?? false;
  return (
    compares(match.uri, request.path, ignoreCase) &&
    compares(match.method, request.method) &&
    compares(match.authority, request.authority) &&
    compares(match.scheme, request.scheme) &&
    all(match.headers, (name, text) => headers[name] !== undefined && compares(text, headers[name])) &&
    all(match.withoutHeaders, (name, text) => !asksFor(text, headers[name])) &&
    all(match.cookies, (name, text) => cookies(headers.cookie ?? "", name).some((value) => compares(text, value))) &&
    all(match.queryParams, (name, text) => {
      const value = parameter(query, name);
      return value !== undefined && compares(text, value);
    }) &&
    (match.port === undefined || match.port === request.port) &&
    all(match.sourceLabels, (key, value) => request.source?.labels[key] === value) &&
    (match.sourceNamespace === undefined || request.source?.namespace === match.sourceNamespace)
  );
}

/** Whether what must not hold for a header does: Envoy reads one that is missing as empty, unless presence is all that is asked. */
function asksFor(text: HeaderMatch, value: string | undefined): boolean {
  return Object.keys(text).length > 0 ? compares(text, value ?? "") : value !== undefined;
}

type HeaderMatch = NonNullable<Match["withoutHeaders"]>[string];

function all<T>(conditions: Readonly<Record<string, T>> | undefined, hold: (name: string, condition: T) => boolean) {
  return Object.entries(conditions ?? {}).every(([name, condition]) => hold(name, condition));
}

function compares(
  text: { readonly [Key in keyof StringMatch]: StringMatch[Key] } | undefined,
  value: string,
  ignoreCase = false,
): boolean {
  if (!text) return true;
  const folded = (each: string) => (ignoreCase ? each.toLowerCase() : each);
  if (text.exact !== undefined) return folded(value) === folded(text.exact);
  if (text.prefix !== undefined) return folded(value).startsWith(folded(text.prefix));
  // With none of the three, a header's presence is all that is asked.
  return text.regex === undefined || RE2JS.compile(text.regex).matches(value);
}

/** The values of a cookie, of which there may be several. */
function cookies(header: string, name: string): string[] {
  return header
    .split(";")
    .map((part) => part.trimStart())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}

/** The first value of a query parameter, as it was written; empty for one without a value. */
function parameter(query: string, name: string): string | undefined {
  for (const pair of query.split("&")) {
    const [key, ...value] = pair.split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}

/**
 * The path that an application gets: where a prefix was matched, the rewrite takes its place. A match that says nothing of
 * the path is one of the prefix `/`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export function rewritten({ rewrite }: Pick<OnTheWay, "rewrite">, match: Match | undefined, path: string): string {
  if (rewrite?.uri !== undefined) {
    const prefix = match?.uri ? match.uri.prefix : "/";
    return prefix === undefined ? rewrite.uri : rewrite.uri + path.slice(prefix.length);
  }
  if (rewrite?.uriRegexRewrite === undefined) return path;
  const { match: pattern, rewrite: replacement } = rewrite.uriRegexRewrite;
  // RE2 writes a group as \1, RE2JS in its Perl mode as $1, and a dollar as \$.
  return RE2JS.compile(pattern)
    .matcher(path)
    .replaceAll(replacement.replaceAll("$", "\\$").replace(/\\(\d)/g, "$$$1"), true);
}

/** The headers that an application gets. */
export function headersAfter(
  { headers: changes }: Pick<Route, "headers">,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const { set = {}, add = {}, remove = [] } = changes?.request ?? {};
  const removed = remove.map((name) => name.toLowerCase());
  const kept = Object.entries(headers).filter(([name]) => !removed.includes(name));
  const after = Object.fromEntries(kept);
  for (const [name, value] of Object.entries(set)) after[name.toLowerCase()] = plain(value);
  for (const [name, value] of Object.entries(add)) {
    const before = after[name.toLowerCase()];
    after[name.toLowerCase()] = before === undefined ? plain(value) : `${before},${plain(value)}`;
  }
  return after;
}

/** Two percent signs are one; Envoy's variables stay as they are. */
function plain(value: string): string {
  return value.replaceAll("%%", "%");
}
