import type { AppAccess } from "../access/model";
import { callersOf, resolveAccess } from "../access/resolve";
import { resolveApps, type ResolvedApp } from "../routing/resolve";
import type { Settings } from "../settings/settings";
import { callableOf, importsOf } from "./istio/sidecar";

/** An application, and all that the mesh knows of it: what its routes mean, who may call it, what it calls. */
export interface AppInMesh extends ResolvedApp {
  readonly access: AppAccess;
  /** What its sidecars know: see `importsOf`. Left out, they know everything. */
  readonly imports?: readonly string[] | undefined;
}

/** The applications of a stack, each resolved once. */
export function appsInMesh(settings: Settings): AppInMesh[] {
  const callers = callersOf(settings);
  const callable = callableOf(settings);
  const byDefault = settings.mesh.access.default;
  return resolveApps(settings.apps).map((resolved) => ({
    ...resolved,
    access: resolveAccess(resolved.app, { callers, byDefault }),
    imports: importsOf(resolved.app, callable),
  }));
}
