import type { Inventory } from "../../engine/inventory";
import { HelmRelease } from "../../engine/resource";
import { controlPlanes, type ControlPlane } from "./control-planes";

/** Providers that Istio has by itself. @see https://github.com/istio/istio/blob/master/pkg/config/mesh/mesh.go */
const given = ["prometheus", "stackdriver", "envoy"];

/**
 * The names of all providers of logs, traces, metrics and authorization: Istio's own and those of the mesh's
 * `extensionProviders`. Undefined where others configure the mesh, or not all of its configuration can be seen.
 */
export function providers(inventory: Inventory): readonly string[] | undefined {
  const planes = controlPlanes(inventory);
  if (planes.length === 0 || !planes.every(isWhole)) return undefined;
  const defined = planes.flatMap(({ config }) =>
    config
      .get("extensionProviders")
      .list()
      .flatMap((provider) => provider.get("name").text() ?? []),
  );
  return [...given, ...defined];
}

/** A profile, another ConfigMap and files of values bring providers along. */
function isWhole({ resource, values }: ControlPlane): boolean {
  if ([["env"], ["pilot", "env"]].some((keys) => values.get(...keys, "SHARED_MESH_CONFIG").exists)) return false;
  if (!(resource instanceof HelmRelease)) return true;
  const profiles = [values.get("profile"), values.get("global", "profile")];
  return !profiles.some((profile) => profile.exists) && resource.get("valueYamlFiles").list().length === 0;
}
