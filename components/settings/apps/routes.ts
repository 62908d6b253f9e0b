import * as z from "zod";
import { destination, mirrors } from "./destinations";
import { delegate, directResponse } from "./direct-response";
import { fault } from "./faults";
import { headerName, headers } from "./headers";
import { match, re2, stringMatch } from "./matches";
import { rateLimit } from "../rate-limits/schema";
import { retries } from "./retries";
import { absolutePath, duration, port, rule, seconds } from "../scalars";

const rewrite = z
  .strictObject({
    uri: absolutePath
      .optional()
      .describe(
        "New path; where a prefix was matched, what takes the prefix's place: for the prefix `/api`, `/` makes `//x` of `/api/x`. To take a prefix away, match `{prefix: /api/}` and `{exact: /api}`, and write `/`.",
      ),
    authority: z.string().min(1).optional().describe("New Host header."),
    uriRegexRewrite: z
      .strictObject({
        match: re2.describe("What to replace."),
        rewrite: z.string().describe("By what; `\\1` is the first group."),
      })
      .optional()
      .describe("New path by regular expression."),
  })
  .refine(
    ({ uri, uriRegexRewrite }) => !(uri && uriRegexRewrite),
    rule("must not have both uri and uriRegexRewrite", "Remove one of them."),
  )
  .refine(
    ({ uri, authority, uriRegexRewrite }) => (uri ?? authority ?? uriRegexRewrite) !== undefined,
    rule("must have uri, authority or uriRegexRewrite", "Say what to rewrite, e.g. {uri: /}."),
  );

const redirect = z
  .strictObject({
    uri: absolutePath.optional().describe("New path."),
    authority: z.string().min(1).optional().describe("New host."),
    scheme: z
      .enum(["http", "https"])
      .optional()
      .describe("New scheme. Default: `https`, as the load balancer ended TLS."),
    port: port.optional().describe("New port."),
    redirectCode: z.literal([301, 302, 303, 307, 308]).optional().describe("Status code. Default: 301."),
  })
  .refine(
    ({ uri, authority, port: to }) => (uri ?? authority ?? to) !== undefined,
    rule("must have uri, authority or port, or it would lead back to itself", "Say where to, e.g. {uri: /new}."),
  )
  .refine(
    ({ authority = "", port: to }) => to === undefined || !/:\d+$/.test(authority),
    rule("must not have a port in authority and another as port: Envoy writes both", "Remove one of them."),
  );

const cors = z
  .strictObject({
    allowOrigins: z.array(stringMatch).min(1).describe("Origins that may read the response."),
    allowMethods: z
      .array(z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]))
      .optional()
      .describe("Methods they may use."),
    allowHeaders: z.array(headerName).optional().describe("Request headers they may send."),
    exposeHeaders: z.array(headerName).optional().describe("Response headers they may read."),
    maxAge: duration
      .refine(
        (value) => Number.isInteger(seconds(value)),
        rule("must be whole seconds, as browsers count them", 'Write it like "24h".'),
      )
      .optional()
      .describe("How long a browser may keep the answer."),
    allowCredentials: z.boolean().optional().describe("Whether cookies may be sent."),
    unmatchedPreflights: z
      .enum(["FORWARD", "IGNORE"])
      .optional()
      .describe("What becomes of a preflight from another origin."),
  })
  .describe("Cross-origin requests.");

const onTheWay = ["to", "rewrite", "timeout", "retries", "mirror", "fault", "rateLimit"] as const;

/** What a route does instead of sending a request to pods, and what has no meaning beside it. The first that is there counts. */
const exclusive = [
  { key: "redirect", without: ["directResponse", "delegate", ...onTheWay], why: "a redirected request goes nowhere" },
  { key: "directResponse", without: ["delegate", ...onTheWay], why: "the proxy answers by itself" },
  { key: "delegate", without: ["to", "rateLimit"], why: "the other VirtualService says where requests go" },
] as const;

export const route = z
  .strictObject({
    name: z.string().min(1).optional().describe("Name in Envoy's access log."),
    match: z
      .array(match)
      .min(1)
      .optional()
      .describe("Conditions: those of one entry must all hold; one of the entries must. None: every request."),
    to: z
      .union([z.string().min(1), destination, z.array(destination).min(1)], {
        error: "must be a version's name, a destination, or a list of destinations with weights",
      })
      .optional()
      .describe(
        "Where requests go: a version's name, a destination, or several with weights. Default: the application's versions by weight.",
      ),
    redirect: redirect.optional().describe("Answer with a redirect instead."),
    directResponse: directResponse.optional(),
    delegate: delegate.optional(),
    rewrite: rewrite.optional().describe("Change path or host before the request goes on."),
    corsPolicy: cors.optional(),
    headers: headers.optional().describe("Change headers."),
    timeout: duration.optional().describe("Timeout of the whole request. Default: the application's."),
    retries: retries.optional(),
    mirror: mirrors,
    fault: fault.optional(),
    rateLimit: rateLimit(
      "Limits what comes through a gateway and takes this route: the gateway counts. For calls from inside the mesh there is the application's own.",
    ).optional(),
  })
  .superRefine((value, context) => {
    const action = exclusive.find(({ key }) => value[key] !== undefined);
    if (!action) return;
    for (const key of action.without) {
      if (value[key] === undefined) continue;
      context.addIssue({
        code: "custom",
        path: [key],
        message: `has no meaning beside ${action.key}: ${action.why}`,
        params: { fix: `Remove "${key}" or "${action.key}".` },
      });
    }
  });

export type RouteSettings = z.infer<typeof route>;
