import * as z from "zod";
import { duration, refusal, rule } from "../scalars";

const header = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of a header")
  .meta({ examples: ["x-user"] });

const httpsUrl = z
  .string()
  .regex(
    /^(https:\/\/[^\s/?#]+|http:\/\/[^\s/?#:]+\.svc(\.cluster\.local)?(:\d+)?)([/?]\S*)?$/,
    "must begin with https://: over plain http whoever is on the way can put in keys of his own (a Service of the cluster, by its whole name, may have http://)",
  )
  .meta({ examples: ["https://id.example.org/keys"] });

/** A JSON Web Key Set with public keys. That none is private is for `credentials` to say, which never shows them. */
const keySet = z
  .string()
  .min(1)
  .check(({ value, issues }) => {
    const keys = keysOf(value);
    if (keys === undefined)
      issues.push({
        ...refusal(
          "must be a JSON Web Key Set",
          'Write what the issuer publishes, as text: \'{"keys": [{"kty": "RSA", …}]}\'.',
        ),
        input: value,
      });
    else if (keys.length === 0)
      issues.push({
        ...refusal("has no key, so that no token is valid", "Add the issuer's public key."),
        input: value,
      });
  });

function keysOf(text: string): readonly unknown[] | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || !("keys" in read) || !Array.isArray(read.keys)) return undefined;
    const keys: readonly unknown[] = read.keys;
    return keys.every((key) => typeof key === "object" && key !== null && "kty" in key) ? keys : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Tokens that an application takes, in Istio's words.
 *
 * @see https://istio.io/latest/docs/reference/config/security/jwt/
 */
export const jwtRule = z
  .strictObject({
    issuer: z
      .string()
      .min(1)
      .meta({ examples: ["https://id.example.org"] })
      .describe("The claim `iss` of its tokens, letter by letter."),
    audiences: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("Audiences (`aud`), of which a token must have one. None named: a token for anybody is taken."),
    jwksUri: httpsUrl.optional().describe("Where istiod fetches the issuer's public keys, every 20 minutes."),
    jwks: keySet
      .optional()
      .describe("The public keys themselves, as a JSON text, for an issuer that istiod can't reach."),
    fromHeaders: z
      .array(
        z.strictObject({
          name: header.describe("The header's name."),
          prefix: z.string().optional().describe("What stands before the token, e.g. `Bearer `."),
        }),
      )
      .min(1)
      .optional()
      .describe(
        "Headers that carry the token. Default: `Authorization: Bearer TOKEN`, and the parameter `access_token`.",
      ),
    fromParams: z.array(z.string().min(1)).min(1).optional().describe("Query parameters that carry the token."),
    fromCookies: z.array(z.string().min(1)).min(1).optional().describe("Cookies that carry the token."),
    forwardOriginalToken: z.boolean().optional().describe("Leave the token on the request. Default: it is taken off."),
    outputPayloadToHeader: header
      .optional()
      .describe("A header that carries the verified payload, in base64, to the application."),
    outputClaimToHeaders: z
      .array(
        z.strictObject({
          header: header.describe("The header."),
          claim: z.string().min(1).describe("The claim; an inner one with a dot, e.g. `address.city`."),
        }),
      )
      .min(1)
      .optional()
      .describe("Headers that carry single claims to the application. A caller's own header of that name is replaced."),
    timeout: duration.optional().describe("How long fetching the keys may take. Default: 5s."),
  })
  .refine(
    ({ jwks, jwksUri }) => !(jwks !== undefined && jwksUri !== undefined),
    rule("must not have both jwks and jwksUri", "Keep jwksUri: its keys follow when the issuer changes them."),
  )
  .refine(
    ({ jwks, jwksUri, issuer }) => jwks !== undefined || jwksUri !== undefined || issuer.startsWith("https://"),
    rule(
      "says nowhere where the keys are",
      'Set "jwksUri". Only of an issuer that is an https address can Istio ask it by OpenID discovery.',
    ),
  )
  .describe("An issuer whose tokens the application takes.");

export type JwtRuleInput = z.infer<typeof jwtRule>;
