import { Netmask } from "netmask";
import { namespaceOf } from "./identities";
import type { AccessCondition, AccessRule, AccessSource, Operation } from "./model";
import { attribute, type AccessRequest } from "./request";

/** True, false, or unknown: undefined. */
type Answer = boolean | undefined;

/** Whether a rule fits a request: whether all that stands in it holds. */
export function fits({ sources, operation, conditions }: AccessRule, request: AccessRequest): Answer {
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
    requestPrincipals === undefined || or(requestPrincipals.map((each) => holderFits(each, claims))),
    notRequestPrincipals === undefined || not(or(notRequestPrincipals.map((each) => holderFits(each, claims)))),
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
function holderFits(pattern: string, claims: AccessRequest["claims"]): Answer {
  if (claims === "open") return undefined;
  const { iss, sub } = claims ?? {};
  if (typeof iss !== "string" || typeof sub !== "string" || iss === "" || sub === "") return false;
  if (pattern === "*") return true;
  const slash = pattern.lastIndexOf("/");
  return compares(pattern.slice(0, slash), iss) && compares(pattern.slice(slash + 1), sub);
}

function fitsOperation({ methods, paths, ports }: Operation, request: AccessRequest): Answer {
  return and([
    methods === undefined || or(methods.map((method) => whole(method, request.method, compares))),
    paths === undefined || or(paths.map((path) => whole(path, request.path, pathFits))),
    ports === undefined || (request.port === undefined ? undefined : ports.includes(request.port)),
  ]);
}

/** Every request has a method and a path: `*` fits an open one, too. */
function whole(pattern: string, value: string | undefined, fit: (pattern: string, value: string) => boolean): Answer {
  if (value === undefined) return pattern === "*" ? true : undefined;
  return fit(pattern, value);
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

/** Istio's way to compare texts: whole, a beginning (`x*`), an end (`*x`), or anything that is there (`*`). */
export function compares(pattern: string, value: string): boolean {
  if (pattern === "*") return value !== "";
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
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
