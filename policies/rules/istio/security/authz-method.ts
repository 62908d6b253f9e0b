import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { authorizationRules } from "../../../facts/istio/policies";

/** Rules name methods that a request can have. */
export const authzMethod: Rule = {
  id: "IST-AUTHZ-METHOD",
  severity: "mandatory",
  title: "each AuthorizationPolicy names methods as requests have them",
  why: "Methods are compared letter by letter: a DENY for get denies nothing, and an ALLOW for it lets nothing in.",
  fix: "Write methods in capitals, and gRPC methods as paths.",
  codes: ["KIA0102"],
  docs: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      for (const { operations, conditions } of authorizationRules(policy)) {
        for (const operation of operations)
          for (const field of ["methods", "notMethods"]) judge(operation.get(field).list(), check);
        for (const condition of conditions)
          if (condition.get("key").text() === "request.method")
            for (const field of ["values", "notValues"]) judge(condition.get(field).list(), check);
      }
    }),
};

function judge(methods: readonly Value[], check: Check): void {
  check.each(methods, (value) => {
    const wrong = wrongIn(value.text() ?? "");
    if (wrong) check.violation(value, wrong);
  });
}

function wrongIn(method: string): Violation | undefined {
  if (method.includes("/") || method.includes("."))
    return {
      message: `method "${method}" is none of HTTP: a gRPC request is always a POST, and the rule never matches.`,
      fix: `Write it under paths: "/${method.replace(/^\//, "")}".`,
    };
  if (/^\*?[A-Z-]*\*?$/.test(method)) return undefined;
  return {
    message: `no request has the method "${method}", since capitals count: the rule never matches.`,
    fix: `Write "${method.toUpperCase()}".`,
  };
}
