import type { Draft } from "../check";
import { rootNamespace } from "../namespaces/reserved-namespaces";
import type { AccessSourceInput } from "./access";

/** Who calls: pods of an application, or a gateway's. */
export interface Caller {
  /** The application's name; undefined for a gateway. */
  readonly app?: string;
  /** The gateway's key; undefined for an application. */
  readonly gateway?: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Whether a caller that a rule names may be this one; what else the rule asks is open. */
export function mayBe({ app, gateway, namespace, principal, ip }: AccessSourceInput, caller: Caller): boolean {
  return (
    (app === undefined || app === caller.app) &&
    (gateway === undefined || gateway === caller.gateway) &&
    // An address is for a gateway to see.
    (ip === undefined || caller.gateway !== undefined) &&
    (namespace === undefined || namespace === caller.namespace) &&
    (principal === undefined || fits(principal, `/ns/${caller.namespace}/sa/${caller.serviceAccount}`))
  );
}

/** Whether an identity may be a pattern's, whatever the mesh's trust domain is called. */
function fits(pattern: string, end: string): boolean {
  if (pattern.startsWith("*")) return end.endsWith(pattern.slice(1)) || pattern.slice(1).endsWith(end);
  const own = pattern.slice(Math.max(0, pattern.indexOf("/ns/")));
  return own.endsWith("*") ? end.startsWith(own.slice(0, -1)) || !pattern.includes("/ns/") : own === end;
}

/** Whether an AuthorizationPolicy of one's own may let callers in to a namespace: what it says is Istio's to read. */
export function letInByManifests({ ownManifests, manifests = [] }: Draft, namespace: string): boolean {
  if (!ownManifests) return manifests.length > 0;
  return (
    ownManifests.problems.length > 0 ||
    ownManifests.objects.some(
      ({ object: { kind, metadata } }) =>
        kind === "AuthorizationPolicy" && [namespace, rootNamespace].includes(metadata.namespace ?? ""),
    )
  );
}
