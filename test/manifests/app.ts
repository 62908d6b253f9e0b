import { parse } from "yaml";
import type { AppSettings } from "../../components/settings/apps/schema";
import { defaults } from "../../components/settings/defaults";
import { settingsOf } from "../stack";

/**
 * The settings of one application, `checkout` in the namespace `shop` on port 8080.
 *
 * @param keys what stands in its entry beside these, as YAML
 */
export function appOf(keys = ""): AppSettings {
  const own = parse(keys) as Readonly<Record<string, unknown>> | null;
  const [app] = settingsOf({ "eks-istio:apps": { checkout: { namespace: "shop", port: 8080, ...own } } }).apps;
  if (!app) throw new Error("The stack has no application");
  return app;
}

/** CPU and memory of the mesh's sidecars, where a stack says nothing of them. */
export const sidecarResources = defaults.mesh.proxy.resources;
