import type { Draft } from "../check";
import { rootNamespace } from "../namespaces/reserved-namespaces";
import type { AccessSourceInput } from "./access";
import { podsOf } from "./complete";
import { outsideOfMesh } from "./in-mesh";
import type { AppInput } from "./schema";

/** Who calls: pods of an application, or a gateway's. */
export interface Caller {
  /** The application's name; undefined for a gateway. */
  readonly app?: string;
  /** The gateway's key; undefined for an application. */
  readonly gateway?: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** An application as one that calls. */
export function callerOf(name: string, app: AppInput): Caller {
  return { app: name, namespace: app.namespace, serviceAccount: podsOf(name, app).serviceAccount };
}

/**
 * Whether an application refuses every request of a caller, whatever else its rules ask. Where rules are only counted
 * nothing is refused, and the counters say it.
 */
export function shutsOut(draft: Draft, app: AppInput, caller: Caller): boolean {
  const { access = [], namespace } = app;
  const { mesh, namespaces, guessed } = draft;
  // Without a sidecar nobody refuses anything.
  if (outsideOfMesh(app, namespaces, guessed) !== undefined) return false;
  if (!mesh || guessed("mesh", ["access"]) || mesh.access.default === "dryRun") return false;
  const rules = access.filter(({ action }) => action === "ALLOW");
  if (rules.length === 0 && mesh.access.default === "allow") return false;
  if (rules.some(({ from }) => !from || from.some((source) => mayBe(source, caller)))) return false;
  return !letInByManifests(draft, namespace);
}

/** Whether a caller that a rule names may be this one; what else the rule asks is open. */
function mayBe({ app, gateway, namespace, principal, ip }: AccessSourceInput, caller: Caller): boolean {
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
function letInByManifests({ ownManifests, manifests = [] }: Draft, namespace: string): boolean {
  if (!ownManifests) return manifests.length > 0;
  return (
    ownManifests.problems.length > 0 ||
    ownManifests.objects.some(
      ({ object: { kind, metadata } }) =>
        kind === "AuthorizationPolicy" && [namespace, rootNamespace].includes(metadata.namespace ?? ""),
    )
  );
}
