import { Netmask } from "netmask";
import { namespaceOf } from "./identities";
import type { AccessCondition, AccessRule, AccessSource, AppAccess, Operation } from "./model";

/** A request as an application's sidecar sees it: after the gateway's routes have changed it. */
export interface AccessRequest {
  /** Who calls, as `cluster.local/ns/NAMESPACE/sa/SERVICEACCOUNT`; undefined without mutual TLS. */
  readonly principal?: string | undefined;
  /** The client's address as the sidecar reads it, or a range that it is in; undefined where nobody knows it. */
  readonly remoteIp?: string | undefined;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The container's port; undefined where nobody knows it. */
  readonly port?: number | undefined;
  /** The claims of a token whose signature is valid; undefined without a token. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/** What becomes of a request at an application. */
export interface Verdict {
  /** `undecided`: it depends on what a plan doesn't know; `reasons` says on what. */
  readonly decision: "allowed" | "refused" | "undecided";
  /** The status of a refused one. */
  readonly status?: 401 | 403;
  /** The rule that decided, by its place in the application's entry; none where there is none for it. */
  readonly rule?: AccessRule["place"];
  readonly reasons: readonly string[];
  /** In a dry run: the request is let in, and this is only counted. */
  readonly counted?: true;
}

/** True, false, or unknown: undefined. */
type Answer = boolean | undefined;

/**
 * What an application's rules make of a request. A proxy asks the authorizer (CUSTOM) first, then reads the token, then
 * refuses (DENY) and lets in (ALLOW): what any of the last three refuses is refused, whatever the authorizer says.
 *
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export function decide(access: AppAccess, { claims, ...rest }: AccessRequest): Verdict {
  // Where no issuer is named, nobody reads a token.
  const request = access.issuers.length > 0 ? { ...rest, claims } : rest;
  const token = tokenFault(access, request);
  if (token) return { decision: "refused", ...token };
  const verdict = judged(access, request);
  // Istio has no dry run of authorizers: nobody is asked.
  if (access.enforcement === "dryRun") return verdict.decision === "allowed" ? verdict : { ...verdict, counted: true };
  const asked = access.rules.find((rule) => rule.action === "CUSTOM" && fits(rule, request) !== false);
  return asked && verdict.decision !== "refused"
    ? {
        decision: "undecided",
        rule: asked.place,
        reasons: [`${asked.provider ?? "the authorizer"} is asked`, ...verdict.reasons],
      }
    : verdict;
}

/** What rules make of it that refuse and let in. */
function judged({ rules, closed }: AppAccess, request: AccessRequest): Verdict {
  const mayRefuse: string[] = [];
  for (const rule of rules.filter(({ action }) => action === "DENY")) {
    const answer = fits(rule, request);
    const reason = rule.place ? "a rule refuses it" : "it has no token, and the application requires one";
    if (answer === true) return { decision: "refused", status: 403, rule: rule.place, reasons: [reason] };
    if (answer === undefined) mayRefuse.push(unknownOf(rule));
  }
  const mayLetIn: string[] = [];
  const letIn = rules.filter(({ action }) => action === "ALLOW");
  for (const rule of letIn) {
    const answer = fits(rule, request);
    if (answer === true)
      return mayRefuse.length > 0
        ? { decision: "undecided", rule: rule.place, reasons: mayRefuse }
        : { decision: "allowed", rule: rule.place, reasons: [] };
    if (answer === undefined) mayLetIn.push(unknownOf(rule));
  }
  if (mayLetIn.length > 0) return { decision: "undecided", reasons: [...mayRefuse, ...mayLetIn] };
  const refused = { decision: "refused", status: 403 } as const;
  if (letIn.length > 0) return { ...refused, reasons: ["no rule lets it in"] };
  if (closed) return { ...refused, reasons: ["the application has no rule, and the mesh is closed by default"] };
  return mayRefuse.length > 0 ? { decision: "undecided", reasons: mayRefuse } : { decision: "allowed", reasons: [] };
}

/** What of a rule a question doesn't say. */
function unknownOf({ place = [], sources, conditions }: AccessRule): string {
  const where = place.map((part) => (typeof part === "number" ? `[${part}]` : part)).join("");
  const keys = conditions.map(({ key }) => key).filter((key) => attribute(key, complete) === undefined);
  const what =
    keys.length > 0 ? keys.join(", ") : sources.some((each) => each.remoteIpBlocks) ? "an address" : "a port";
  return `${where} asks for ${what}, which the question doesn't say`;
}

/** A request of which everything is known that a question can say. */
const complete: AccessRequest = { remoteIp: "192.0.2.1", port: 80, method: "GET", path: "/", headers: {} };

/** A token that the application doesn't take is refused before any rule is asked. */
function tokenFault(
  { issuers }: AppAccess,
  { claims }: AccessRequest,
): Pick<Verdict, "status" | "reasons"> | undefined {
  if (claims === undefined) return undefined;
  const issuer = issuers.find((each) => each.issuer === claims.iss);
  if (!issuer)
    return { status: 401, reasons: [`its token's issuer is ${text(claims.iss)}, which the application doesn't take`] };
  const audiences = listOf(claims.aud);
  if (issuer.audiences && !issuer.audiences.some((audience) => audiences.includes(audience)))
    return {
      status: 403,
      reasons: [`its token is for ${audiences.join(", ") || "nobody"}, not for ${issuer.audiences.join(" or ")}`],
    };
  return undefined;
}

function fits({ sources, operation, conditions }: AccessRule, request: AccessRequest): Answer {
  return and([
    sources.length === 0 ? true : or(sources.map((source) => fitsSource(source, request))),
    fitsOperation(operation, request),
    ...conditions.map((condition) => fitsCondition(condition, request)),
  ]);
}

function fitsSource(source: AccessSource, { principal, remoteIp, claims }: AccessRequest): Answer {
  const { principals, namespaces, remoteIpBlocks, requestPrincipals, notRequestPrincipals } = source;
  return and([
    principals === undefined || (principal !== undefined && principals.some((each) => compares(each, principal))),
    namespaces === undefined ||
      (principal !== undefined && namespaces.some((each) => compares(each, namespaceOf(principal)))),
    remoteIpBlocks === undefined || within(remoteIpBlocks, remoteIp),
    requestPrincipals === undefined || requestPrincipals.some((each) => holderFits(each, claims)),
    !notRequestPrincipals?.some((each) => holderFits(each, claims)),
  ]);
}

function within(blocks: readonly string[], address: string | undefined): Answer {
  if (address === undefined) return undefined;
  const own = new Netmask(address);
  return or(
    blocks.map((each) => {
      if (each.includes(":") !== address.includes(":")) return false;
      const block = new Netmask(each);
      if (block.contains(own)) return true;
      return own.contains(block) ? undefined : false;
    }),
  );
}

/** A token has a holder where it says both who issued it and whom it is about. */
function holderFits(pattern: string, claims: AccessRequest["claims"]): boolean {
  const { iss, sub } = claims ?? {};
  if (typeof iss !== "string" || typeof sub !== "string" || iss === "" || sub === "") return false;
  if (pattern === "*") return true;
  const slash = pattern.lastIndexOf("/");
  return compares(pattern.slice(0, slash), iss) && compares(pattern.slice(slash + 1), sub);
}

function fitsOperation({ methods, paths, ports }: Operation, request: AccessRequest): Answer {
  return and([
    methods === undefined || methods.some((method) => compares(method, request.method)),
    paths === undefined || paths.some((path) => pathFits(path, request.path)),
    ports === undefined || (request.port === undefined ? undefined : ports.includes(request.port)),
  ]);
}

/** `{*}` stands for one part of a path, `{**}` for any number of characters. */
function pathFits(pattern: string, path: string): boolean {
  if (!pattern.includes("{")) return compares(pattern, path);
  const parts = pattern.split(/(\{\*{1,2}\})/).map((part) => {
    if (part === "{*}") return "[^/]+";
    return part === "{**}" ? ".*" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`).test(path);
}

function fitsCondition({ key, values, notValues }: AccessCondition, request: AccessRequest): Answer {
  const found = attribute(key, request);
  if (found === undefined) return undefined;
  const any = (patterns: readonly string[]): Answer =>
    key === "remote.ip"
      ? within(patterns, found[0])
      : found.some((value) => patterns.some((pattern) => compares(pattern, value)));
  return and([values === undefined || any(values), notValues === undefined || not(any(notValues))]);
}

/** The values of an attribute of a request; none where it isn't there, undefined where nobody knows. */
function attribute(key: string, request: AccessRequest): readonly string[] | undefined {
  const { principal, remoteIp, headers, port, claims } = request;
  const one = (value: string | undefined) => (value === undefined ? [] : [value]);
  const [, header] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
  if (header !== undefined) return one(headers[header.toLowerCase()]);
  if (key.startsWith("request.auth.claims["))
    return claimValues(
      claims,
      [...key.matchAll(/\[([^[\]]+)\]/g)].map(([, name = ""]) => name),
    );
  switch (key) {
    case "request.auth.principal":
      return typeof claims?.iss === "string" && typeof claims.sub === "string" ? [`${claims.iss}/${claims.sub}`] : [];
    case "request.auth.audiences":
      return listOf(claims?.aud);
    case "request.auth.presenter":
      return listOf(claims?.azp);
    case "source.principal":
      return one(principal);
    case "source.serviceAccount":
      // By itself, or with its namespace before it.
      return principal === undefined ? [] : serviceAccountOf(principal);
    case "source.namespace":
      return principal === undefined ? [] : [namespaceOf(principal)];
    case "remote.ip":
      return remoteIp === undefined ? undefined : [remoteIp];
    case "destination.port":
      return port === undefined ? undefined : [String(port)];
    default:
      return undefined;
  }
}

/** Claims that Istio reads as lists of words. @see https://istio.io/latest/docs/reference/config/security/jwt/ */
const words = ["scope", "permission"];

function claimValues(claims: AccessRequest["claims"], path: readonly string[]): readonly string[] {
  let value: unknown = claims;
  for (const name of path)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
  if (typeof value === "string" && path.length === 1 && words.includes(path[0] ?? "")) return value.split(" ");
  return listOf(value);
}

function listOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === "string");
}

/** Istio's way to compare: whole, a beginning (`x*`), an end (`*x`), or anything that is there (`*`). */
function compares(pattern: string, value: string): boolean {
  if (pattern === "*") return value !== "";
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

function serviceAccountOf(principal: string): string[] {
  const [, namespace, account] = /\/ns\/([^/]+)\/sa\/([^/]+)/.exec(principal) ?? [];
  return account === undefined ? [] : [`${namespace ?? ""}/${account}`];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "not said";
}

function not(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer;
}

function and(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function or(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
