import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { didYouMean } from "../../../schemas/mistakes";
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

/**
 * Registered methods, and others that servers know.
 *
 * @see https://www.iana.org/assignments/http-methods/http-methods.xhtml
 * @see https://github.com/nodejs/llhttp
 */
const known = [
  ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "QUERY", "PRI"],
  ...["ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE"],
  ...["MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PROPFIND"],
  ...["PROPPATCH", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK", "UPDATE"],
  ...["UPDATEREDIRECTREF", "VERSION-CONTROL", "M-SEARCH", "NOTIFY", "PURGE", "SOURCE", "SUBSCRIBE", "UNSUBSCRIBE"],
];

function wrongIn(method: string): Violation | undefined {
  if (method.includes("/") || method.includes("."))
    return {
      message: `method "${method}" is none of HTTP: a gRPC request is always a POST, and the rule never matches.`,
      fix: `Write it under paths: "/${method.replace(/^\//, "")}".`,
    };
  if (known.some((one) => isMatched(method, one))) return undefined;
  if (known.some((one) => isMatched(method.toUpperCase(), one)))
    return {
      message: `no request has the method "${method}", since capitals count: the rule never matches.`,
      fix: `Write "${method.toUpperCase()}".`,
    };
  return {
    message: `"${method}" is no known method of HTTP: unless an application has made it up, the rule never matches.`,
    fix: `${didYouMean(method, known)}Write methods such as GET and POST; a wildcard is the first or the last character.`,
    severity: "advisory",
  };
}

/** `P*` and `*T` are the start and the end of a method, `*` is any. */
function isMatched(pattern: string, method: string): boolean {
  if (pattern.startsWith("*")) return method.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? method.startsWith(pattern.slice(0, -1)) : method === pattern;
}
