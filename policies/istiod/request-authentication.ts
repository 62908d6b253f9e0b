import { eachIn, guarded, type Refusals } from "./refuse";
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
    guarded(check, () => refuseDuration(rule.get("timeout"), refuse));
  });
};
