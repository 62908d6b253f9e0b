import { identity } from "../../components/access/identities";
import { appsInMesh, type AppInMesh } from "../../components/manifests/apps-in-mesh";
import { outsideOfMesh } from "../../components/settings/apps/in-mesh";
import type { Settings } from "../../components/settings/settings";

/** An application, and who its pods are. */
export interface AskedApp extends AppInMesh {
  /** Undefined for pods without a sidecar. */
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
  const apps = appsInMesh(settings).map((each): AskedApp => ({
    ...each,
    identity:
      outsideOfMesh(each.app, settings.namespaces) === undefined
        ? identity(each.app.namespace, each.app.pods.serviceAccount)
        : undefined,
  }));
  return {
    settings,
    apps: new Map(apps.map((each) => [each.app.name, each])),
    byService: new Map(apps.map((each) => [`${each.app.namespace}/${each.app.service}`, each])),
  };
}
