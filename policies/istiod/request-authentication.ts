import { eachIn, guarded, type Refusals } from "./refuse";
import { keysIn } from "./jwks";
import { refuseDuration } from "./values";

export const refuseRequestAuthentication: Refusals = (policy, refuse, check) => {
  eachIn(check, policy.get("spec", "jwtRules"), (rule) => {
    guarded(check, () => {
      if (!["issuer", "jwksUri", "jwks_uri"].some((key) => rule.get(key).text()))
        refuse(rule, "has a rule for tokens of nobody", "Add issuer.");
    });
    guarded(check, () => {
      const text = rule.get("jwksUri").text() ?? "";
      if (text !== "" && !/^https?:/i.test(text))
        refuse(rule.get("jwksUri"), `has keys at "${text}"`, "Write an address that begins with https://.");
    });
    guarded(check, () => {
      const jwks = rule.get("jwks");
      if (jwks.text() && keysIn(jwks)?.every(({ kty }) => keyTypes.has(kty)) !== true)
        refuse(jwks, "has jwks that can't be read", 'Write a JSON Web Key Set: {"keys": [{"kty": "RSA", …}]}.');
    });
    guarded(check, () => refuseDuration(rule.get("timeout"), refuse));
  });
};

const keyTypes: ReadonlySet<unknown> = new Set(["RSA", "EC", "OKP", "oct"]);
