import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const shared = { kty: "oct", k: "c2VjcmV0" };
/** The key of RFC 7517's example. */
const open = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
};
const secret = { ...open, d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE" };
const jwks = (keys: Loose): Loose => ({
  jwtRules: [{ issuer: "https://id.example.com", jwks: JSON.stringify(keys) }],
});
const fix =
  "whoever reads this object can sign tokens. Keep the public parts alone, and replace the key, which others have seen.";

export default cases(warned, {
  breaks: {
    "a private key": breaks(
      "RequestAuthentication",
      jwks({ keys: [open, secret] }),
      `has a private key in jwks: ${fix}`,
    ),
    "a private key by itself": breaks("RequestAuthentication", jwks(secret), `has a private key in jwks: ${fix}`),
    "keys that both sides have": breaks(
      "RequestAuthentication",
      jwks({ keys: [shared, secret] }),
      `has 2 private keys in jwks: ${fix}`,
    ),
  },
  keeps: {
    "public keys": keeps("RequestAuthentication", jwks({ keys: [open] })),
    "keys at an address": keeps("RequestAuthentication", {
      jwtRules: [{ issuer: "https://id.example.com", jwksUri: "https://id.example.com/keys" }],
    }),
  },
});
