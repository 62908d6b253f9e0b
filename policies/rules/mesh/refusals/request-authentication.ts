import type { Value } from "../../../value";
import { refuseDuration } from "./common";
import { guarded, type Refusals, type Refuse } from "./refuse";

export const refuseRequestAuthentication: Refusals = (policy, refuse, check) => {
  check.each(policy.get("spec", "jwtRules").list(), (rule) => {
    guarded(check, () => {
      if (!rule.get("issuer").text() && !rule.get("jwksUri").text())
        refuse(rule, "has a rule for tokens of nobody", "Add issuer.");
    });
    guarded(check, () => refuseAddress(rule.get("jwksUri"), refuse));
    check.each([rule.get("timeout")], (timeout) => refuseDuration(timeout, refuse));
    for (const key of ["audiences", "fromParams", "fromCookies"])
      check.each(rule.get(key).list(), (value) => {
        if (value.text() === "") refuse(value, `has an empty text in ${key}`, "Write something, or take it out.");
      });
    check.each(rule.get("fromHeaders").list(), (header) => {
      if (!header.get("name").text()) refuse(header, "looks for tokens in a header without a name", "Add name.");
    });
    check.each(rule.get("outputClaimToHeaders").list(), (output) => {
      const [claim, header] = ["claim", "header"].map((key) => output.get(key).text());
      if (claim && header && /^[-\w]+$/.test(header)) return;
      refuse(output, `copies the claim "${claim ?? ""}" to the header "${header ?? ""}"`, "Name both.");
    });
  });
};

function refuseAddress(value: Value, refuse: Refuse): void {
  const text = value.text() ?? "";
  if (text !== "" && (!/^https?:/i.test(text) || !URL.canParse(text)))
    refuse(value, `has keys at "${text}"`, "Write an address that begins with https://.");
}
