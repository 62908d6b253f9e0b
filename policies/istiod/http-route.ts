import { STATUS_CODES } from "node:http";
import { RE2JS, RE2JSException } from "re2js";
import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isLabel } from "../facts/istio/domains";
import { textsOf } from "../facts/istio/objects";
import { routeName } from "../facts/istio/routes";
import { eachIn, eachOf, guarded, ifThere, type Refuse } from "./refuse";
import { refuseDestination, refuseDuration, refuseGatewayNames, refuseLabels, refuseMatchedPort } from "./values";

/** A rule of `http`. */
export function refuseHttpRoute(route: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => refuseActions(route, refuse));
  ifThere(check, route.get("redirect"), () => refuseRedirect(route, refuse));
  ifThere(check, route.get("rewrite"), (rewrite) => refuseRewrite(rewrite, refuse));
  ifThere(check, route.get("retries"), (retries) => refuseRetries(retries, refuse, check));
  ifThere(check, route.get("fault"), (fault) => refuseFault(fault, refuse));
  ifThere(check, route.get("mirrorPercentage"), (share) => refuseShare(share, refuse));
  eachIn(check, route.get("mirrors"), (mirror) => refuseShare(mirror.get("percentage"), refuse));
  ifThere(check, route.get("directResponse", "status"), (status) => refuseAnswer(status, refuse));
  ifThere(check, route.get("directResponse", "body"), (body) => {
    if (bodySize(body) > mostBytes) refuse(body, "answers with more than 1 MB", "Serve it from an application.");
  });
  ifThere(check, route.get("corsPolicy"), (policy) => refuseOrigins(policy, refuse));
  ifThere(check, route.get("headers"), (headers) => refuseHeaders(headers, refuse));
  eachIn(check, route.get("route"), (entry) => {
    ifThere(check, entry.get("headers"), (headers) => refuseHeaders(headers, refuse));
  });
  guarded(check, () => refuseDuration(route.get("timeout"), refuse, "Leave it out for no limit."));
  guarded(check, () => refuseDuration(route.get("fault", "delay", "fixedDelay"), refuse));
  guarded(check, () => refuseDuration(route.get("corsPolicy", "maxAge"), refuse));
  eachIn(check, route.get("match"), (match) => {
    refuseMatch(match, refuse, check);
  });
  refuseDestinations(route, refuse, check);
}

function refuseMatch(match: Value, refuse: Refuse, check: Check): void {
  for (const part of ["uri", "scheme", "method", "authority"])
    ifThere(check, match.get(part), (text) => refuseText(text, part, refuse));
  for (const part of ["headers", "withoutHeaders", "queryParams"])
    eachOf(check, match.get(part), ([name, value]) => {
      if (part !== "queryParams" && !isMatchable(name))
        refuse(match, `matches the header "${name}"`, "Write a header's name.");
      refuseText(value, part, refuse);
    });
  guarded(check, () => refuseMatchedPort(match.get("port"), refuse));
  guarded(check, () => refuseLabels(match.get("sourceLabels"), refuse));
  guarded(check, () => refuseGatewayNames(match.get("gateways"), refuse));
  guarded(check, () => {
    const text = match.get("sourceNamespace").text() ?? "";
    if (text !== "" && !isLabel(text))
      refuse(match.get("sourceNamespace"), `matches the namespace "${text}"`, "Write one namespace's name.");
  });
}

/** Of what a route may have, an empty list of these is as good as none. */
const lists: ReadonlySet<string> = new Set(["route", "mirrors"]);

/** What a route does: one thing. */
function refuseActions(route: Value, refuse: Refuse): void {
  const has = (key: string) => (lists.has(key) ? route.get(key).list().length > 0 : route.get(key).exists);
  const both = (one: string, others: readonly string[]) => {
    const other = others.find(has);
    if (other === undefined) return;
    refuse(route, `has ${one} and ${other} in the route ${routeName(route)}`, "Keep one of them.");
  };
  if (has("delegate")) {
    both("delegate", ["redirect", "route"]);
    return;
  }
  if (has("mirror")) both("mirror", ["mirrors"]);
  if (has("redirect")) both("redirect", ["route", "directResponse", "fault", "rewrite"]);
  else if (has("directResponse")) both("directResponse", ["route", "fault", "rewrite"]);
  else if (!has("route"))
    refuse(route, `has a route ${routeName(route)} to nothing`, "Add route, redirect or directResponse.");
}

function refuseRedirect(route: Value, refuse: Refuse): void {
  const redirect = route.get("redirect");
  if (!redirect.exists) return;
  const code = redirect.get("redirectCode").number();
  const scheme = redirect.get("scheme").text() ?? "";
  if (!["uri", "prefixRewrite", "authority", "port", "derivePort", "scheme"].some((key) => isGiven(redirect.get(key))))
    refuse(redirect, `redirects to nothing in the route ${routeName(route)}`, "Set uri, authority, scheme or port.");
  if (isGiven(redirect.get("uri")) && isGiven(redirect.get("prefixRewrite")))
    refuse(redirect, "has uri and prefixRewrite in a redirect", "Keep one of them.");
  if (code !== undefined && code !== 0 && (code < 300 || code > 399))
    refuse(redirect.get("redirectCode"), `redirects with the status ${code}`, "Use one from 301 to 308.");
  if (!["", "http", "https"].includes(scheme))
    refuse(redirect.get("scheme"), `redirects to the scheme "${scheme}"`, "Write http or https.");
}

/** An empty text is as good as none. */
function isGiven(value: Value): boolean {
  return value.exists && value.text() !== "";
}

function refuseRewrite(rewrite: Value, refuse: Refuse): void {
  if (!rewrite.exists) return;
  const given = ["uri", "uriRegexRewrite", "authority"].filter((key) => isGiven(rewrite.get(key)));
  if (given.length === 0) refuse(rewrite, "has an empty rewrite", "Set uri, uriRegexRewrite or authority.");
  if (given.includes("uri") && given.includes("uriRegexRewrite"))
    refuse(rewrite, "has uri and uriRegexRewrite in a rewrite", "Keep one of them.");
}

/** Conditions by name; a status stands for itself. */
const retryConditions: ReadonlySet<string> = new Set([
  ...["5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream"],
  ...["retriable-status-codes", "retriable-headers", "envoy-ratelimited", "http3-post-connect-failure"],
  ...["cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable"],
]);

function refuseRetries(retries: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    const number = retries.get("attempts").number() ?? 0;
    if (number < 0) refuse(retries.get("attempts"), `tries ${number} times again`, "Write 0 or more.");
    const other = ["perTryTimeout", "retryOn", "retryRemoteLocalities"].find((key) => isGiven(retries.get(key)));
    if (number === 0 && other !== undefined)
      refuse(retries, `sets ${other} for retries and no attempts`, "Set attempts, or take it out.");
  });
  for (const key of ["perTryTimeout", "backoff"]) guarded(check, () => refuseDuration(retries.get(key), refuse));
  guarded(check, () => refuseConditions(retries.get("retryOn"), refuse));
}

function refuseConditions(retryOn: Value, refuse: Refuse): void {
  const text = retryOn.text() ?? "";
  const wrong =
    text === "" ? undefined : text.split(",").find((one) => !retryConditions.has(one) && !isKnownStatus(one));
  if (wrong === undefined) return;
  const fix =
    wrong.trim() === wrong ? `Use some of ${[...retryConditions].join(", ")}, or a status.` : "Leave the spaces out.";
  refuse(retryOn, `retries on "${wrong}", which is no condition`, fix);
}

/** A status that Go has a text for. */
function isKnownStatus(text: string): boolean {
  const status = Number(text);
  return /^\+?\d+$/.test(text) && status !== 509 && STATUS_CODES[status] !== undefined;
}

function refuseFault(fault: Value, refuse: Refuse): void {
  if (fault.exists && !fault.get("abort").exists && !fault.get("delay").exists)
    refuse(fault, "has a fault that does nothing", "Add abort or delay, or take it out.");
  for (const part of ["abort", "delay"]) refusePercentage(fault.get(part, "percentage", "value"), refuse);
  const status = fault.get("abort", "httpStatus").number();
  if (status !== undefined && !isStatus(status))
    refuse(fault.get("abort"), `aborts with the status ${status}`, "Write one from 200 to 599.");
  for (const [part, key] of [
    ["abort", "http2Error"],
    ["delay", "exponentialDelay"],
  ] as const)
    if (fault.get(part, key).exists)
      refuse(fault.get(part), `has ${key}, which Istio doesn't do`, "Use httpStatus, grpcStatus or fixedDelay.");
}

function isStatus(status: number): boolean {
  return status >= 200 && status <= 600;
}

function refusePercentage(percentage: Value, refuse: Refuse): void {
  const value = percentage.number() ?? 0;
  if (value < 0 || value > 100 || (value > 0 && value < 0.0001))
    refuse(percentage, `has ${value} percent`, "Write a number from 0.0001 to 100, or 0.");
}

/** A header, one of HTTP/2's own, or a claim of a token. */
function isMatchable(name: string): boolean {
  return /^(:(method|scheme|authority|path|status)$|@request\.auth\.claims[.[])/i.test(name) || headerName.test(name);
}

/** A text to match: exactly, by its beginning, or by a regex. */
function refuseText(match: Value, part: string, refuse: Refuse): void {
  const regex = match.get("regex").text();
  if (match.get("prefix").text() === "" && part !== "uri")
    refuse(match, `has an empty prefix for ${part}`, "Write one, or take it out.");
  if (regex === undefined || (part === "withoutHeaders" && regex === "*")) return;
  if (regex === "") refuse(match, `has an empty regex for ${part}`, "Write one, or take it out.");
  else if (Buffer.byteLength(regex) > longestRegex)
    refuse(match, `has a regex of ${Buffer.byteLength(regex)} bytes for ${part}`, `Write ${longestRegex} at most.`);
  else if (!isRegex(regex))
    refuse(
      match,
      `has the regex "${regex}" for ${part}, which RE2 can't read`,
      "Do without lookaround and back-references.",
    );
}

function refuseShare(share: Value, refuse: Refuse): void {
  const value = share.get("value").number() ?? 0;
  if (value < 0 || value > 100) refuse(share, `mirrors ${value} percent`, "Write a number from 0 to 100.");
}

/** The answer of a route itself. */
function refuseAnswer(status: Value, refuse: Refuse): void {
  const number = status.number();
  if (number !== undefined && !isStatus(number))
    refuse(status, `answers with the status ${number}`, "Write one from 200 to 599.");
}

/** How much a route itself may answer with. */
export const mostBytes = 1024 * 1024;

/** The bytes of such an answer. */
export function bodySize(body: Value): number {
  return (
    Buffer.byteLength(body.get("string").text() ?? "") + Buffer.byteLength(body.get("bytes").text() ?? "", "base64")
  );
}

const corsMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"];
/** The comma is Istio's: it means a range of characters, in which the comma is. */
const headerName = /^[-!#$%&'*+,.^_`|~\w]+$/;

function refuseOrigins(policy: Value, refuse: Refuse): void {
  for (const origin of policy.get("allowOrigins").list())
    if (["exact", "prefix", "regex"].every((key) => !origin.get(key).text()))
      refuse(origin, "allows an origin that is empty", "Write one.");
  const method = textsOf(policy.get("allowMethods")).find((one) => !corsMethods.includes(one));
  if (method !== undefined) refuse(policy, `allows the method "${method}"`, `Use some of ${corsMethods.join(", ")}.`);
  for (const key of ["allowHeaders", "exposeHeaders"]) {
    const name = textsOf(policy.get(key)).find((one) => !headerName.test(one));
    if (name !== undefined) refuse(policy.get(key), `has the header "${name}" in ${key}`, "Write a header's name.");
  }
}

/** Headers that a route sets, adds and removes. Host can be set for a request alone. */
function refuseHeaders(headers: Value, refuse: Refuse): void {
  for (const side of ["request", "response"])
    for (const operation of ["set", "add", "remove"]) {
      const at = headers.get(side, operation);
      const names = operation === "remove" ? textsOf(at) : at.entries().map(([name]) => name);
      const maySetHost = side === "request" && operation !== "remove";
      const isHost = (name: string) => /^(host|:authority)$/i.test(name);
      const wrong = names.find((name) => name === "" || (/^(:|host$)/i.test(name) && !(maySetHost && isHost(name))));
      if (wrong !== undefined)
        refuse(
          at,
          `has the header "${wrong}" in ${side}.${operation}`,
          "Write a name; Host can be set in requests alone.",
        );
    }
}

/** Whether Go's engine and Envoy's can read it. */
export function isRegex(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
}

const longestRegex = 1024;

/** The destinations of a route, mirrors among them. */
export function refuseDestinations(route: Value, refuse: Refuse, check: Check): void {
  eachIn(check, route.get("route"), (entry) => {
    guarded(check, () => {
      const weight = entry.get("weight").number() ?? 0;
      if (weight < 0) refuse(entry, `has the weight ${weight}`, "Write 0 or more.");
    });
    refuseDestination(entry.get("destination"), refuse, check);
  });
  eachIn(check, route.get("mirrors"), (entry) => {
    refuseDestination(entry.get("destination"), refuse, check);
  });
  ifThere(check, route.get("mirror"), (mirror) => refuseDestination(mirror, refuse, check));
}
