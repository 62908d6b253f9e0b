import { accepts, checkout, refuses } from "../verdicts";

const issuer = "https://id.example.org";
const key = (path: string) => `eks-istio:apps.checkout.jwt[0]${path}`;
const keys = JSON.stringify({ keys: [{ kty: "RSA", kid: "1", n: "0vx7", e: "AQAB" }] });

function jwt(own: object) {
  return checkout({ jwt: [{ issuer, ...own }] });
}

describe("issuers of tokens", () => {
  accepts("an issuer that publishes its keys at an address", jwt({ jwksUri: `${issuer}/keys`, audiences: ["shop"] }));
  accepts("keys of an issuer that istiod can't reach", jwt({ jwks: keys }));
  accepts("an issuer that is asked by OpenID discovery", jwt({}));
  accepts("what Istio does with a token", {
    ...jwt({
      fromHeaders: [{ name: "x-token", prefix: "Token " }],
      fromParams: ["token"],
      fromCookies: ["session"],
      forwardOriginalToken: true,
      outputPayloadToHeader: "x-payload",
      outputClaimToHeaders: [{ header: "x-user", claim: "sub" }],
      timeout: "2s",
    }),
  });

  refuses("keys and their address", jwt({ jwks: keys, jwksUri: `${issuer}/keys` }), {
    key: key(""),
    value: { issuer, jwks: keys, jwksUri: `${issuer}/keys` },
    rule: "must not have both jwks and jwksUri",
    fix: "Keep jwksUri: its keys follow when the issuer changes them.",
  });
  refuses("an empty list of audiences", jwt({ audiences: [] }), {
    key: key(".audiences"),
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });
  refuses("keys that are no JSON", jwt({ jwks: "{keys: []}" }), {
    key: key(".jwks"),
    value: "{keys: []}",
    rule: "must be a JSON Web Key Set",
    fix: 'Write what the issuer publishes, as text: \'{"keys": [{"kty": "RSA", …}]}\'.',
  });
  refuses("a set without keys", jwt({ jwks: '{"keys": []}' }), {
    key: key(".jwks"),
    value: '{"keys": []}',
    rule: "has no key, so that no token is valid",
    fix: "Add the issuer's public key.",
  });
  refuses(
    "a private key, which it doesn't show",
    jwt({ jwks: '{"keys": [{"kty": "RSA", "d": "X4cTteJY", "n": "0vx7"}]}' }),
    {
      key: key(".jwks"),
      value: "[hidden]",
      rule: "is a private JSON Web Key in plain text: whoever can read this file, or its history, can sign tokens with it",
      fix: "Leave the public members alone in it (of RSA kty, kid, n and e), and replace the key at the issuer.",
    },
  );
  refuses("an issuer whose keys nobody finds", checkout({ jwt: [{ issuer: "robots@example.org" }] }), {
    key: key(""),
    value: { issuer: "robots@example.org" },
    rule: "says nowhere where the keys are",
    fix: 'Set "jwksUri". Only of an issuer that is an https address can Istio ask it by OpenID discovery.',
  });
});
