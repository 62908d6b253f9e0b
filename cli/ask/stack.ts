import { identity } from "../../components/access/identities";
import type { AppAccess } from "../../components/access/model";
import { callersOf, resolveAccess } from "../../components/access/resolve";
import { callableOf, importsOf } from "../../components/manifests/istio/sidecar";
import { resolveApps, type ResolvedApp } from "../../components/routing/resolve";
import type { Settings } from "../../components/settings/settings";

/** An application, and all that questions are about. */
export interface AskedApp extends ResolvedApp {
  readonly access: AppAccess;
  /** What its sidecars know; undefined: everything. */
  readonly imports: readonly string[] | undefined;
  /** Who its pods are; undefined for pods without a sidecar. */
  readonly identity: string | undefined;
}

/** A stack, resolved once for any number of questions. */
export interface AskedStack {
  readonly settings: Settings;
  readonly apps: ReadonlyMap<string, AskedApp>;
  /** By `namespace/service`. */
  readonly byService: ReadonlyMap<string, AskedApp>;
}

export function askedStack(settings: Settings): AskedStack {
  const callers = callersOf(settings);
  const callable = callableOf(settings);
  const apps = resolveApps(settings.apps).map(({ app, routing }): AskedApp => ({
    app,
    routing,
    access: resolveAccess(app, { callers, byDefault: settings.mesh.access.default }),
    imports: importsOf(app, callable),
    identity: isInMesh(app, settings) ? identity(app.namespace, app.pods.serviceAccount) : undefined,
  }));
  return {
    settings,
    apps: new Map(apps.map((each) => [each.app.name, each])),
    byService: new Map(apps.map((each) => [`${each.app.namespace}/${each.app.service}`, each])),
  };
}

function isInMesh({ namespace, workload }: ResolvedApp["app"], { namespaces }: Settings): boolean {
  return workload?.inject !== false && namespaces[namespace]?.injection !== false;
}
