import { eachIn, type Warnings } from "../refuse";
import { keysIn, type Key } from "../jwks";

export const warnRequestAuthentication: Warnings = (policy, warn, check) => {
  eachIn(check, policy.get("spec", "jwtRules"), (rule) => {
    const count = keysIn(rule.get("jwks"))?.filter(isPrivate).length ?? 0;
    if (count > 0)
      warn(
        rule.get("jwks"),
        `has ${count === 1 ? "a private key" : `${count} private keys`} in jwks: whoever reads this object can sign tokens.`,
        "Keep the public parts alone, and replace the key, which others have seen.",
      );
  });
};

/** Whether it can sign, or is one secret for both sides. */
function isPrivate({ kty, d }: Key): boolean {
  return kty === "oct" || (["RSA", "EC", "OKP"].includes(String(kty)) && typeof d === "string" && d !== "");
}
