import { RE2JS } from "re2js";
import * as z from "zod";
import { closest } from "./suggestions";
import { absolutePath, dnsLabel, duration, labels, port, rule, seconds, serviceName } from "./scalars";

/** istiod's webhook refuses longer ones. */
const longestRegex = 1024;

/** Envoy evaluates RE2, which has neither lookaround nor back-references; istiod's webhook refuses what it can't read. */
const re2 = z
  .string()
  .min(1)
  .max(longestRegex)
  .superRefine((expression, context) => {
    const reason = re2Error(expression);
    if (reason) context.addIssue({ code: "custom", message: `must be an RE2 regular expression: ${reason}`, params: { fix: "See https://github.com/google/re2/wiki/Syntax for what it can say." } });
  });

function re2Error(expression: string): string | undefined {
  try {
    RE2JS.compile(expression);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace("error parsing regexp: ", "");
  }
}

/** Istio's StringMatch: exactly one of three keys. */
const stringMatch = z
  .strictObject({
    exact: z.string().min(1).optional().describe("The whole value."),
    prefix: z.string().min(1).optional().describe("The value's beginning."),
    regex: re2.optional().describe("An RE2 expression that matches the whole value."),
  })
  .refine((match) => [match.exact, match.prefix, match.regex].filter((value) => value !== undefined).length === 1, rule("must have exactly one of exact, prefix and regex", "Write {exact: …}, {prefix: …} or {regex: …}."));

const uriMatch = stringMatch.refine(
  ({ exact, prefix }) => [exact, prefix].every((path) => !path || path.startsWith("/")),
  rule('must begin with "/", as every path does', "Write it like {prefix: /api}."),
);

/** Where a request comes from, as `match.gateways` names it. */
const origin = z.enum(["ingress", "mesh"]);

const match = z
  .strictObject({
  uri: uriMatch.optional().describe("The path."),
  ignoreUriCase: z.boolean().optional().describe("Compare an exact or prefix path without regard to case."),
  method: stringMatch.optional().describe("The HTTP method."),
  authority: stringMatch.optional().describe("The Host header."),
  headers: z
    .record(z.string().regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, "must be a header name in lowercase, as Istio requires"), stringMatch)
    .optional()
    .describe("Request headers, by lowercase name."),
  withoutHeaders: z
    .record(z.string().regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, "must be a header name in lowercase, as Istio requires"), stringMatch)
    .optional()
    .describe("Headers that must not match."),
  cookies: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be a cookie's name"), stringMatch)
    .refine((cookies) => Object.keys(cookies).length === 1, rule("must name exactly one cookie: Envoy sees one Cookie header, and RE2 can't ask for two parts of it in any order", "Name one cookie; for alternatives, add another entry to match."))
    .optional()
    .describe("One cookie, by name. A `regex` is for its value; write `[^;]*` instead of `.*`, which would run on into the next cookie."),
  queryParams: z
    .record(
      z.string().min(1),
      z
        .strictObject({ exact: z.string().optional().describe("The whole value; `\"\"` for a parameter without one."), regex: re2.optional().describe("An RE2 expression.") })
        .refine(({ exact, regex }) => (exact === undefined) !== (regex === undefined), rule("must have exactly one of exact and regex", "Write {exact: …} or {regex: …}.")),
    )
    .optional()
    .describe("Query parameters."),
  port: port.optional().describe("The port that the request was sent to."),
  sourceLabels: labels.optional().describe("Labels of the calling pod; for calls from inside the mesh."),
  sourceNamespace: dnsLabel.optional().describe("Namespace of the calling pod; for calls from inside the mesh."),
  gateways: z.array(origin).min(1).optional().describe("Requests that come through the ingress gateway, from inside the mesh, or both (default)."),
  })
  .refine(({ headers: conditions, cookies }) => !(cookies && conditions && "cookie" in conditions), rule("must not have both cookies and headers.cookie: Envoy looks at one Cookie header once", "Remove one of them."));

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of a header")
  .refine((name) => name.toLowerCase() !== "host", rule("must not be the Host header, which Istio changes in another way", "Remove it, and set rewrite.authority on a route."))
  .meta({ examples: ["x-team"] });

/** Envoy reads %NAME% as a variable; a percent sign alone stands as two. */
const headerValue = z.string().regex(/^([^%\r\n]|%%|%[A-Z_0-9]+(\([^)]*\))?(:\d+)?%)*$/, "must be one line, with %% for a percent sign").meta({ examples: ["50%%"] });

const headerOperations = z.strictObject({
  set: z.record(headerName, headerValue).optional().describe("Headers to overwrite."),
  add: z.record(headerName, headerValue).optional().describe("Headers to append."),
  remove: z.array(headerName).optional().describe("Headers to remove."),
});

export const headers = z.strictObject({
  request: headerOperations.optional().describe("Before the request reaches the application."),
  response: headerOperations.optional().describe("Before the response reaches the client."),
});

const rewrite = z
  .strictObject({
    uri: absolutePath.optional().describe("New path, or new prefix where a prefix was matched."),
    authority: z.string().min(1).optional().describe("New Host header."),
    uriRegexRewrite: z
      .strictObject({ match: re2.describe("What to replace."), rewrite: z.string().describe("By what; `\\1` is the first group.") })
      .optional()
      .describe("New path by regular expression."),
  })
  .refine(({ uri, uriRegexRewrite }) => !(uri && uriRegexRewrite), rule("must not have both uri and uriRegexRewrite", "Remove one of them."))
  .refine(({ uri, authority, uriRegexRewrite }) => (uri ?? authority ?? uriRegexRewrite) !== undefined, rule("must have uri, authority or uriRegexRewrite", "Say what to rewrite, e.g. {uri: /}."));

const redirect = z
  .strictObject({
  uri: absolutePath.optional().describe("New path."),
  authority: z.string().min(1).optional().describe("New host."),
  scheme: z.enum(["http", "https"]).optional().describe("New scheme. Default: `https`, as the load balancer ended TLS."),
  port: port.optional().describe("New port."),
  redirectCode: z.literal([301, 302, 303, 307, 308]).optional().describe("Status code. Default: 301."),
  })
  .refine(({ uri, authority, port: to }) => (uri ?? authority ?? to) !== undefined, rule("must have uri, authority or port, or it would lead back to itself", "Say where to, e.g. {uri: /new}."));

const cors = z
  .strictObject({
    allowOrigins: z.array(stringMatch).min(1).describe("Origins that may read the response."),
    allowMethods: z.array(z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])).optional().describe("Methods they may use."),
    allowHeaders: z.array(headerName).optional().describe("Request headers they may send."),
    exposeHeaders: z.array(headerName).optional().describe("Response headers they may read."),
    maxAge: duration.refine((value) => Number.isInteger(seconds(value)), rule("must be whole seconds, as browsers count them", 'Write it like "24h".')).optional().describe("How long a browser may keep the answer."),
    allowCredentials: z.boolean().optional().describe("Whether cookies may be sent."),
    unmatchedPreflights: z.enum(["FORWARD", "IGNORE"]).optional().describe("What becomes of a preflight from another origin."),
  })
  .describe("Cross-origin requests.");

const retryConditions = [
  "5xx",
  "gateway-error",
  "reset",
  "reset-before-request",
  "connect-failure",
  "envoy-ratelimited",
  "retriable-4xx",
  "refused-stream",
  "retriable-status-codes",
  "retriable-headers",
  "http3-post-connect-failure",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
] as const;

const retryCondition = z
  .string()
  .meta({ examples: ["5xx"] })
  .superRefine((value, context) => {
    if ((retryConditions as readonly string[]).includes(value) || /^[45]\d\d$/.test(value)) return;
    const near = closest(value, retryConditions);
    context.addIssue({
      code: "custom",
      message: "must be one of Envoy's retry conditions or a status code",
      params: { fix: near ? `Did you mean "${near}"?` : `Write one of ${retryConditions.join(", ")}, or a code such as "503".` },
    });
  });

export const retries = z
  .strictObject({
    attempts: z.int().min(0).max(20).describe("Retries after the first try; 0 turns retries off."),
    perTryTimeout: duration.optional().describe("Timeout of each try."),
    on: z.array(retryCondition).min(1).optional().describe("Envoy's conditions, or status codes. Default: Istio's."),
    retryRemoteLocalities: z.boolean().optional().describe("Whether a retry may go to another zone or region."),
  })
  .superRefine((value, context) => {
    if (value.attempts !== 0) return;
    for (const key of ["perTryTimeout", "on", "retryRemoteLocalities"] as const) {
      if (value[key] !== undefined) context.addIssue({ code: "custom", path: [key], message: "has no meaning with attempts: 0, which turns retries off", params: { fix: `Remove "${key}", or raise attempts.` } });
    }
  })
  .describe("Retries.");

const destination = z.strictObject({
  version: z.string().min(1).optional().describe("One of the application's `versions`."),
  service: serviceName.optional().describe("Another Kubernetes service. Default: the application's own."),
  namespace: dnsLabel.optional().describe("That service's namespace. Default: the application's."),
  port: port.optional().describe("That service's port. Default: the application's."),
  weight: z.int().min(0).max(100).optional().describe("Share of requests in percent. Required where there are several destinations."),
});

export const route = z
  .strictObject({
    name: z.string().min(1).optional().describe("Name in Envoy's access log."),
    match: z.array(match).min(1).optional().describe("Conditions: those of one entry must all hold; one of the entries must. None: every request."),
    to: z
      .union([z.string().min(1), destination, z.array(destination).min(1)], { error: "must be a version's name, a destination, or a list of destinations with weights" })
      .optional()
      .describe("Where requests go: a version's name, a destination, or several with weights. Default: the application's versions by weight."),
    redirect: redirect.optional().describe("Answer with a redirect instead."),
    rewrite: rewrite.optional().describe("Change path or host before the request goes on."),
    corsPolicy: cors.optional(),
    headers: headers.optional().describe("Change headers."),
    timeout: duration.optional().describe("Timeout of the whole request. Default: the application's."),
    retries: retries.optional(),
  })
  .superRefine((value, context) => {
    if (!value.redirect) return;
    for (const key of ["to", "rewrite", "timeout", "retries"] as const) {
      if (value[key] === undefined) continue;
      context.addIssue({ code: "custom", path: [key], message: "has no meaning beside redirect: a redirected request goes nowhere", params: { fix: `Remove "${key}" or "redirect".` } });
    }
  });

export type RouteSettings = z.infer<typeof route>;
export type MatchSettings = z.infer<typeof match>;
export type StringMatch = z.infer<typeof stringMatch>;
export type DestinationSettings = z.infer<typeof destination>;
export type HeaderSettings = z.infer<typeof headers>;
export type RetrySettings = z.infer<typeof retries>;
