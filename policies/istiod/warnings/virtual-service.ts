import type { Value } from "../../engine/value";
import { isAddress } from "../../facts/istio/domains";
import { routeName } from "../../facts/istio/routes";
import { bodySize, mostBytes } from "../http-route";
import { eachIn, guarded, type Warn, type Warnings } from "../refuse";

// mirrorPercent is IST-DEPRECATED's, what is never reached IST-ROUTE-UNREACHABLE's, and a Gateway's old name IST-ROUTE-GATEWAY's.
export const warnVirtualService: Warnings = (rule, warn, check) => {
  eachIn(check, rule.get("spec", "http"), (route) => {
    guarded(check, () => warnBody(route, warn));
    guarded(check, () => warnAbort(route, warn));
  });
  eachIn(check, rule.get("spec", "tls"), (route) => {
    eachIn(check, route.get("match"), (match) => {
      eachIn(check, match.get("sniHosts"), (host) => {
        const text = host.text() ?? "";
        if (isAddress(text))
          warn(
            host,
            `matches the address ${text} in sniHosts, which clients don't send: TLS knows names there alone.`,
            "Write the name that clients connect to.",
          );
      });
    });
  });
};

const manyBytes = 100 * 1024;

function warnBody(route: Value, warn: Warn): void {
  const body = route.get("directResponse", "body");
  const size = bodySize(body);
  if (size <= manyBytes || size > mostBytes) return;
  warn(
    body,
    `answers with ${Math.round(size / 1024)} KB in the route ${routeName(route)}: istiod sends them to each proxy with each change.`,
    "Serve them from an application, or redirect to where they are.",
  );
}

function warnAbort(route: Value, warn: Warn): void {
  const abort = route.get("fault", "abort");
  if (!abort.exists || ["httpStatus", "grpcStatus", "http2Error"].some((key) => abort.get(key).exists)) return;
  warn(
    abort,
    `has fault.abort without a status in the route ${routeName(route)}: nothing is aborted.`,
    "Add httpStatus or grpcStatus.",
  );
}
