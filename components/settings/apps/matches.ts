import { RE2JS } from "re2js";
import * as z from "zod";
import { dnsLabel, labels, port, rule } from "../scalars";

/** istiod's webhook refuses longer ones. */
const longestRegex = 1024;

/** Envoy evaluates RE2, which has neither lookaround nor back-references; istiod's webhook refuses what it can't read. */
export const re2 = z
  .string()
  .min(1)
  .max(longestRegex)
  .superRefine((expression, context) => {
    const reason = re2Error(expression);
    if (reason)
      context.addIssue({
        code: "custom",
        message: `must be an RE2 regular expression: ${reason}`,
        params: { fix: "See https://github.com/google/re2/wiki/Syntax for what it can say." },
      });
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
export const stringMatch = z
  .strictObject({
    exact: z.string().min(1).optional().describe("The whole value."),
    prefix: z.string().min(1).optional().describe("The value's beginning."),
    regex: re2.optional().describe("An RE2 expression that matches the whole value."),
  })
  .refine(
    (match) => [match.exact, match.prefix, match.regex].filter((value) => value !== undefined).length === 1,
    rule("must have exactly one of exact, prefix and regex", "Write {exact: …}, {prefix: …} or {regex: …}."),
  );

/** A comparison, or `{}`: whether the header is there at all. */
const headerMatch = z
  .strictObject(stringMatch.shape)
  .refine(
    (match) => [match.exact, match.prefix, match.regex].filter((value) => value !== undefined).length <= 1,
    rule(
      "must have at most one of exact, prefix and regex",
      "Write {exact: …}, {prefix: …} or {regex: …}, or {} for a header that is there, whatever it says.",
    ),
  );

const lowercaseHeader = z
  .string()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, "must be a header name in lowercase, as Istio requires");

const uriMatch = stringMatch.refine(
  ({ exact, prefix }) => [exact, prefix].every((path) => !path || path.startsWith("/")),
  rule('must begin with "/", as every path does', "Write it like {prefix: /api}."),
);

/** Where calls from inside the mesh come from, as `match.gateways` names it. No gateway has this name. */
export const insideMesh = "mesh";

export const match = z
  .strictObject({
    uri: uriMatch.optional().describe("The path."),
    ignoreUriCase: z.boolean().optional().describe("Compare an exact or prefix path without regard to case."),
    method: stringMatch.optional().describe("The HTTP method."),
    authority: stringMatch.optional().describe("The Host header."),
    scheme: stringMatch
      .optional()
      .describe("`http` or `https`, as a caller inside the mesh says it; for `gateways: [mesh]`."),
    headers: z
      .record(lowercaseHeader, headerMatch)
      .optional()
      .describe("Request headers, by lowercase name; `{}` for one that is there, whatever it says."),
    withoutHeaders: z
      .record(lowercaseHeader, headerMatch)
      .optional()
      .describe("Headers that must not match; `{}` for one that must not be there."),
    cookies: z
      .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be a cookie's name"), stringMatch)
      .refine(
        (cookies) => Object.keys(cookies).length === 1,
        rule(
          "must name exactly one cookie: Envoy sees one Cookie header, and RE2 can't ask for two parts of it in any order",
          "Name one cookie; for alternatives, add another entry to match.",
        ),
      )
      .optional()
      .describe(
        "One cookie, by name. A `regex` is for its value; write `[^;]*` instead of `.*`, which would run on into the next cookie.",
      ),
    queryParams: z
      .record(
        z.string().min(1),
        z
          .strictObject({
            exact: z.string().optional().describe('The whole value; `""` for a parameter without one.'),
            regex: re2.optional().describe("An RE2 expression."),
          })
          .refine(
            ({ exact, regex }) => (exact === undefined) !== (regex === undefined),
            rule("must have exactly one of exact and regex", "Write {exact: …} or {regex: …}."),
          ),
      )
      .optional()
      .describe("Query parameters."),
    port: port.optional().describe("The port that the request was sent to."),
    sourceLabels: labels.optional().describe("Labels of the calling pod; for calls from inside the mesh."),
    sourceNamespace: dnsLabel.optional().describe("Namespace of the calling pod; for calls from inside the mesh."),
    gateways: z
      .array(dnsLabel)
      .min(1)
      .meta({ examples: [["internal", "mesh"]] })
      .optional()
      .describe(
        "Requests that come through these gateways of the stack, by their names in `gateways`, or from inside the mesh (`mesh`). Default: all.",
      ),
  })
  .refine(
    ({ headers: conditions, cookies }) => !(cookies && conditions && "cookie" in conditions),
    rule("must not have both cookies and headers.cookie: Envoy looks at one Cookie header once", "Remove one of them."),
  );

export type MatchSettings = z.infer<typeof match>;
export type StringMatch = z.infer<typeof stringMatch>;
