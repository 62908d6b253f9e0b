import { parse } from "yaml";
import type { AppSettings } from "../../components/settings/apps/schema";
import { dataPlaneOf } from "../../components/manifests/istio/data-plane";
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

/** The data plane of a stack that says nothing of it. */
export const dataPlane = dataPlaneOf(settingsOf({}).mesh);
