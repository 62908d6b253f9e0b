import { isIP } from "node:net";
import * as z from "zod";
import { ipv4Cidrs } from "../cidrs";
import { dnsLabel, port, refusal, rule } from "../scalars";

/** A caller, in Istio's terms or by its name in the stack file. */
const source = z
  .strictObject({
    app: dnsLabel
      .optional()
      .describe("An application of this stack, by its name: its pods prove who they are with mutual TLS."),
    gateway: dnsLabel.optional().describe("What comes in through a gateway of this stack, by its name."),
    namespace: dnsLabel.optional().describe("Every workload of a namespace."),
    principal: z
      .string()
      .regex(
        /^(\*|\*[^*\s]+|[^*\s]+\*?)$/,
        'must be an identity such as cluster.local/ns/shop/sa/web, with "*" at its beginning or its end only',
      )
      .meta({ examples: ["cluster.local/ns/shop/sa/web"] })
      .optional()
      .describe("An identity as Istio writes it, for callers that this stack doesn't know."),
    ip: z
      .union([ipv4Cidrs.element, ipv4Cidrs.min(1)], { error: "must be an IPv4 range, or a list of them" })
      .meta({ examples: ["203.0.113.0/24"] })
      .optional()
      .describe(
        "The client's address, as the gateway saw it. In a rule that lets in, it holds for what comes through a gateway only: a caller inside the mesh can claim any address.",
      ),
  })
  .refine(
    (value) => Object.keys(value).length > 0,
    rule(
      "names no caller",
      "Write one of app, gateway, namespace, principal and ip; several in one entry must all hold.",
    ),
  )
  .describe("A caller: what stands in it must all hold.");

const method = z
  .string()
  .regex(/^([A-Z]+|\*)$/, "must be an HTTP method in capitals")
  .meta({ examples: ["GET"] });

/** Where Istio reads a star: alone, at the beginning or at the end. Anywhere else it is a letter like others. */
const misplacedStar = /^\*.*\*|^[^*]+\*./;

/** Istio's way to compare a text. */
const pattern = z
  .string()
  .min(1)
  .refine(
    (value) => !misplacedStar.test(value),
    rule(
      'has "*" in a place where Istio reads it as a letter: it stands for more at the beginning or at the end, not at both',
      "Write several values instead.",
    ),
  );

/** Istio's own syntax: whole, a beginning, an end, or a template with `{*}` and `{**}`. */
const path = z
  .string()
  .meta({ examples: ["/api/*"] })
  .check(({ value, issues }) => {
    const refuse = (message: string, fix: string) => issues.push({ ...refusal(message, fix), input: value });
    if (!/^[/*]/.test(value)) refuse('must begin with "/", as every path does, or with "*"', `Write "/${value}".`);
    else if (/[?#]/.test(value))
      refuse("is compared with the path alone, which has no query", `Write "${value.split(/[?#]/)[0] ?? ""}".`);
    else if (/[{}]/.test(value)) checkTemplate(value, refuse);
    else if (misplacedStar.test(value))
      refuse('may have "*" at its beginning or at its end only', 'Write "{*}" for one part in the middle.');
  });

/** Each part of a template is a text or an operator. @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation */
function checkTemplate(value: string, refuse: (message: string, fix: string) => void): void {
  const parts = value.replace(/^\/|\/$/g, "").split("/");
  const odd = parts.find((part) => !["{*}", "{**}"].includes(part) && /[{}*]|[^\w.~!$&'()+,;=:@%-]/.test(part));
  const any = parts.indexOf("{**}");
  if (odd !== undefined)
    refuse(
      `has "${odd}" between its slashes, which is neither a text nor {*} nor {**}`,
      'Write "{*}" for one whole part of the path, "{**}" for any number of them.',
    );
  else if (any >= 0 && parts.slice(any + 1).some((part) => part.startsWith("{")))
    refuse("has another template behind {**}, which must be the last", 'Write "{*}" for each part before it.');
}

const claimValues = z.array(pattern).min(1);

/** Claims that Istio reads: texts, and lists of them. */
const claims = z.record(
  z.string().regex(/^[^[\]\s]+$/, "must be a claim's name, without brackets or spaces"),
  z.union([claimValues, z.record(z.string().regex(/^[^[\]\s]+$/, "must be a claim's name"), claimValues)], {
    error: "must be a list of values, or such lists by the names of inner claims",
  }),
);

const attributes =
  /^(source\.(ip|namespace|principal|serviceAccount|trustDomain)|remote\.ip|destination\.(ip|port)|connection\.sni|request\.auth\.(principal|audiences|presenter)|request\.auth\.claims(\[[^[\]\s]+\])+|request\.headers\[[^[\]\s]+\]|experimental\.envoy\.filters\.[^[\]\s]+\[[^[\]\s]+\])$/;

/** An address, or a range of them. */
function isAddress(text: string): boolean {
  const [address = "", bits = "0", ...more] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

const condition = z
  .strictObject({
    key: z
      .string()
      .regex(attributes, "must be an attribute that Istio knows, e.g. request.headers[end-user]")
      .meta({ examples: ["request.headers[end-user]"] })
      .describe("The attribute: https://istio.io/latest/docs/reference/config/security/conditions/ has them all."),
    values: z.array(pattern).min(1).optional().describe("One of them must match."),
    notValues: z.array(pattern).min(1).optional().describe("None of them may match."),
  })
  .refine(
    ({ values, notValues }) => values !== undefined || notValues !== undefined,
    rule("compares with nothing", 'Add "values" or "notValues".'),
  )
  .refine(
    ({ key, values = [], notValues = [] }) => !key.endsWith(".ip") || [...values, ...notValues].every(isAddress),
    rule("compares an address with what is none", 'Write addresses, or ranges such as "203.0.113.0/24".'),
  )
  .describe("A condition in Istio's own words.");

/** One rule of who may call an application, and how. */
export const accessRule = z
  .strictObject({
    action: z
      .enum(["ALLOW", "DENY", "CUSTOM", "AUDIT"])
      .default("ALLOW")
      .describe(
        "What happens to a request that fits. ALLOW lets it in, and with one such rule the application is closed to all else. DENY refuses it, whatever lets it in. CUSTOM asks `provider`. AUDIT marks it for the access log of a provider that reads the mark, and does nothing without one.",
      ),
    provider: dnsLabel.optional().describe("With CUSTOM: the external authorizer, one of `mesh.providers`."),
    from: z.array(source).min(1).optional().describe("Callers, of whom one must fit. None: everybody."),
    methods: z.array(method).min(1).optional().describe("HTTP methods."),
    paths: z
      .array(path)
      .min(1)
      .optional()
      .describe("Paths, in Istio's syntax: `/pay`, `/api/*`, `*/health`, `/users/{*}/cart`."),
    ports: z
      .array(port)
      .min(1)
      .optional()
      .describe("Ports that the containers listen on (`workload.containerPort`), not the Service's `port`."),
    claims: claims
      .optional()
      .describe("Claims that the token must have, by name: each has one of the values. Needs `jwt`."),
    token: z
      .boolean()
      .optional()
      .describe(
        "False: this rule lets in without a token. Default: a token is required where the application has `jwt`.",
      ),
    when: z.array(condition).min(1).optional().describe("Further conditions in Istio's own words; all must hold."),
  })
  .describe("A rule; what stands in it must all hold.");

export type AccessRuleInput = z.infer<typeof accessRule>;
export type AccessSourceInput = z.infer<typeof source>;
export type ClaimsInput = z.infer<typeof claims>;
