import { STATUS_CODES } from "node:http";
import { RE2JS, RE2JSException } from "re2js";
import type { KubernetesObject } from "../../../resource";
import type { Check } from "../../../rule";
import type { Value } from "../../../value";
import { isAddress, isDomain, isLabel, isWildcardDomain } from "../support/domains";
import { overlap } from "../support/gateways";
import { textsOf } from "../support/objects";
import { routeName } from "../support/routes";
import { refuseDestination, refuseDuration, refuseExportTo, refuseLabels, refusePort } from "./common";
import { guarded, type Refusals, type Refuse } from "./refuse";

export const refuseVirtualService: Refusals = (rule, refuse, check) => {
  guarded(check, () => refuseHosts(rule, refuse));
  guarded(check, () => refuseParts(rule, refuse));
  check.each(rule.get("spec", "gateways").list(), (gateway) => refuseGatewayName(gateway, refuse));
  check.each([rule.get("spec", "exportTo")], (list) => refuseExportTo(list, rule.namespace, refuse));
  check.each(rule.get("spec", "http").list(), (route) => {
    refuseHttp(route, refuse, check);
  });
  for (const protocol of ["tls", "tcp"] as const)
    check.each(rule.get("spec", protocol).list(), (route) => {
      guarded(check, () => {
        if (route.get("route").list().length === 0)
          refuse(route, `has a ${protocol} route ${routeName(route)} to nothing`, "Add a destination.");
      });
      refuseDestinations(route, refuse, check);
      check.each(route.get("match").list(), (match) => {
        refuseMatchedPort(match.get("port"), refuse);
      });
      if (protocol === "tls") refuseServerNames(route, rule, refuse, check);
    });
};

function refuseHosts(rule: KubernetesObject, refuse: Refuse): void {
  const list = rule.get("spec", "hosts");
  const hosts = textsOf(list);
  const gateways = textsOf(rule.get("spec", "gateways"));
  const wrong = hosts.find((host) => !isWildcardDomain(host) && !isAddress(host));
  if (wrong !== undefined) {
    refuse(list, `has the host "${wrong}", which is none`, "Write a name, without a scheme, a port and a path.");
    return;
  }
  if (hosts.includes("*") && (gateways.length === 0 || gateways.includes("mesh"))) {
    refuse(list, 'has the host "*" for the mesh', "Name the hosts, or a Gateway, and that alone.");
    return;
  }
  for (const [index, host] of hosts.entries()) {
    const other = hosts.slice(index + 1).find((one) => overlap(host, one));
    if (other === undefined) continue;
    refuse(list, `has the hosts "${host}" and "${other}", which overlap`, "Keep one, or make two VirtualServices.");
    return;
  }
}

/** What a VirtualService has to have, and what one that others delegate to mustn't. */
function refuseParts(rule: KubernetesObject, refuse: Refuse): void {
  const has = (key: string) => rule.get("spec", key).list().length > 0;
  if (!["http", "tls", "tcp"].some(has)) refuse(rule.get("spec"), "has no routes", "Add http, tls or tcp.");
  if (has("hosts")) return;
  for (const key of ["gateways", "tls", "tcp"].filter(has))
    refuse(
      rule.get("spec", key),
      `has ${key} and no hosts, as one that others delegate to`,
      "Add hosts, or take it out.",
    );
}

/** `mesh`, `wildcard`, `istio-ingress/wildcard`. */
function refuseGatewayName(gateway: Value, refuse: Refuse): void {
  const text = gateway.text();
  if (text === undefined) return;
  const parts = text.split("/");
  if (parts.length === 1 ? isDomain(text) : parts.length === 2 && parts.every(isLabel)) return;
  refuse(gateway, `names the Gateway "${text}"`, "Write NAMESPACE/NAME.");
}

function refuseHttp(route: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => refuseActions(route, refuse));
  guarded(check, () => refuseRedirect(route, refuse));
  guarded(check, () => refuseRewrite(route.get("rewrite"), refuse));
  guarded(check, () => refuseRetries(route.get("retries"), refuse, check));
  guarded(check, () => refuseFault(route.get("fault"), refuse));
  check.each(
    [
      route.get("mirrorPercentage"),
      ...route
        .get("mirrors")
        .list()
        .map((mirror) => mirror.get("percentage")),
    ],
    (part) => {
      const share = part.get("value").number() ?? 0;
      if (share < 0 || share > 100) refuse(part, `mirrors ${share} percent`, "Write a number from 0 to 100.");
    },
  );
  guarded(check, () => refuseAnswer(route.get("directResponse", "status"), refuse));
  guarded(check, () => refuseOrigins(route.get("corsPolicy"), refuse));
  for (const at of [route, ...route.get("route").list()])
    guarded(check, () => refuseHeaders(at.get("headers"), refuse));
  const durations = [
    route.get("timeout"),
    route.get("fault", "delay", "fixedDelay"),
    route.get("corsPolicy", "maxAge"),
  ];
  check.each(durations, (duration) => refuseDuration(duration, refuse));
  check.each(route.get("match").list(), (match) => {
    for (const part of ["uri", "scheme", "method", "authority"])
      guarded(check, () => refuseMatch(match.get(part), part, refuse));
    for (const part of ["headers", "withoutHeaders", "queryParams"])
      check.each(match.get(part).entries(), ([, value]) => refuseMatch(value, part, refuse));
    check.each([match.get("port")], (port) => refuseMatchedPort(port, refuse));
    check.each([match.get("sourceLabels")], (labels) => refuseLabels(labels, refuse));
    check.each([match.get("sourceNamespace")], (namespace) => {
      const text = namespace.text() ?? "";
      if (text !== "" && !isLabel(text))
        refuse(namespace, `matches the namespace "${text}"`, "Write one namespace's name.");
    });
    check.each([...match.get("headers").entries(), ...match.get("withoutHeaders").entries()], ([name]) => {
      if (!isMatchable(name)) refuse(match, `matches the header "${name}"`, "Write a header's name.");
    });
    check.each(match.get("gateways").list(), (gateway) => refuseGatewayName(gateway, refuse));
  });
  refuseDestinations(route, refuse, check);
}

/** What a route does: one thing. */
function refuseActions(route: Value, refuse: Refuse): void {
  const has = (key: string) => (key === "route" ? route.get(key).list().length > 0 : route.get(key).exists);
  const both = (one: string, others: readonly string[]) => {
    const other = others.find(has);
    if (other === undefined) return;
    refuse(route, `has ${one} and ${other} in the route ${routeName(route)}`, `Keep one of them.`);
  };
  if (has("mirror") && has("mirrors")) both("mirror", ["mirrors"]);
  if (has("delegate")) both("delegate", ["redirect", "route"]);
  else if (has("redirect")) both("redirect", ["route", "directResponse", "fault", "rewrite"]);
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
  if (redirect.get("uri").exists && redirect.get("prefixRewrite").exists)
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
  const attempts = retries.get("attempts");
  const number = attempts.number() ?? 0;
  if (number < 0) refuse(attempts, `tries ${number} times again`, "Write 0 or more.");
  const other = ["perTryTimeout", "retryOn", "retryRemoteLocalities"].find((key) => retries.get(key).exists);
  if (number === 0 && other !== undefined)
    refuse(retries, `sets ${other} for retries and no attempts`, "Set attempts, or take it out.");
  check.each([retries.get("perTryTimeout"), retries.get("backoff")], (duration) => refuseDuration(duration, refuse));
  for (const condition of retries.get("retryOn").text()?.split(",") ?? [])
    if (!retryConditions.has(condition) && STATUS_CODES[condition] === undefined)
      refuse(
        retries.get("retryOn"),
        `retries on "${condition}", which is no condition`,
        `Use some of ${[...retryConditions].join(", ")}, or a status.`,
      );
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

/** 0 is as good as none. */
function refuseMatchedPort(port: Value, refuse: Refuse): void {
  if (port.number() !== 0) refusePort(port, refuse);
}

/** A header, one of HTTP/2's own, or a claim of a token. */
function isMatchable(name: string): boolean {
  return /^(:(method|scheme|authority|path|status)$|@request\.auth\.claims[.[])/i.test(name) || headerName.test(name);
}

function refuseMatch(match: Value, part: string, refuse: Refuse): void {
  const regex = match.get("regex").text();
  if (match.get("prefix").text() === "" && part !== "uri")
    refuse(match, `has an empty prefix for ${part}`, "Write one, or take it out.");
  if (regex === undefined || (part === "withoutHeaders" && regex === "*") || isRegex(regex)) return;
  refuse(match, `has a regex for ${part} that istiod can't read`, "Write one of RE2's, 1024 characters at most.");
}

/** The answer of a route itself. */
function refuseAnswer(status: Value, refuse: Refuse): void {
  const number = status.number();
  if (number !== undefined && !isStatus(number))
    refuse(status, `answers with the status ${number}`, "Write one from 200 to 599.");
}

const corsMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"];
const headerName = /^[-!#$%&'*+.^_`|~\w]+$/;

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

/** RE2 has neither lookaround nor back-references. */
function isRegex(text: string): boolean {
  if (text === "" || text.length > longestRegex) return false;
  try {
    RE2JS.compile(text);
    return true;
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
}

const longestRegex = 1024;

function refuseDestinations(route: Value, refuse: Refuse, check: Check): void {
  check.each(route.get("route").list(), (entry) => {
    const weight = entry.get("weight").number() ?? 0;
    if (weight < 0) refuse(entry, `has the weight ${weight}`, "Write 0 or more.");
    refuseDestination(entry.get("destination"), refuse, check);
  });
  check.each(route.get("mirrors").list(), (entry) => {
    refuseDestination(entry.get("destination"), refuse, check);
  });
  check.each([route.get("mirror")], (mirror) => {
    refuseDestination(mirror, refuse, check);
  });
}

/** TLS routes go by server name: at least one, each under the VirtualService's hosts. */
function refuseServerNames(route: Value, rule: KubernetesObject, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    if (route.get("match").list().length === 0)
      refuse(route, `has a tls route ${routeName(route)} without a match`, "Add match with sniHosts.");
  });
  check.each(route.get("match").list(), (match) => {
    const list = match.get("sniHosts");
    const names = textsOf(list);
    const hosts = textsOf(rule.get("spec", "hosts"));
    if (list.exists && names.length === 0) refuse(list, "has empty sniHosts in a tls route", "Name a host.");
    const wrong = names.find((name) => !isAddress(name) && !hosts.some((host) => isWithin(name, host)));
    if (wrong !== undefined)
      refuse(list, `has "${wrong}" in sniHosts, which none of its hosts covers`, "Add it to hosts.");
  });
}

/** Whether every name that one host stands for is another's too. */
function isWithin(name: string, host: string): boolean {
  if (name === host || host === "*") return true;
  if (!host.startsWith("*")) return false;
  return name.startsWith("*") ? name.slice(1).endsWith(host.slice(1)) : name.endsWith(host.slice(1));
}
