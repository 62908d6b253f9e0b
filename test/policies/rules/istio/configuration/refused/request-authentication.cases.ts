import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(refused, {
  breaks: {
    "tokens of nobody": breaks(
      "RequestAuthentication",
      { jwtRules: [{ audiences: ["shop"] }] },
      "has a rule for tokens of nobody",
      "Add issuer.",
    ),
    "keys in a file": breaks(
      "RequestAuthentication",
      { jwtRules: [{ issuer: "https://a.example.org", jwksUri: "file:///keys.json" }] },
      'has keys at "file:///keys.json"',
      "Write an address that begins with https://.",
    ),
    "keys that are no JSON": breaks(
      "RequestAuthentication",
      { jwtRules: [{ issuer: "https://a.example.org", jwks: "keys" }] },
      "has jwks that can't be read",
      'Write a JSON Web Key Set: {"keys": [{"kty": "RSA", …}]}.',
    ),
    "keys of no type": breaks(
      "RequestAuthentication",
      { jwtRules: [{ issuer: "https://a.example.org", jwks: '{"keys": [{"kty": "none"}]}' }] },
      "has jwks that can't be read",
      'Write a JSON Web Key Set: {"keys": [{"kty": "RSA", …}]}.',
    ),
  },
  keeps: {
    "keys in the object itself": keeps("RequestAuthentication", {
      jwtRules: [{ issuer: "https://a.example.org", jwks: '{"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}' }],
    }),
    "tokens of an issuer": keeps("RequestAuthentication", {
      selector: { matchLabels: { app: "details" } },
      jwtRules: [
        {
          issuer: "https://a.example.org",
          jwksUri: "https://a.example.org/keys",
          audiences: ["shop"],
          fromHeaders: [{ name: "x-token", prefix: "Bearer " }],
          outputClaimToHeaders: [{ header: "x-sub", claim: "sub" }],
          timeout: "5s",
        },
      ],
    }),
  },
});
