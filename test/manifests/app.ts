import { parse } from "yaml";
import type { AppAccess } from "../../components/access/model";
import { callersOf, resolveAccess } from "../../components/access/resolve";
import { virtualService } from "../../components/manifests/istio/virtual-service";
import type { AppRouting } from "../../components/routing/model";
import { resolveApp, type PortOf } from "../../components/routing/resolve";
import type { AppSettings } from "../../components/settings/apps/schema";
import { dataPlanesOf } from "../../components/manifests/istio/data-plane";
import type { Settings } from "../../components/settings/settings";
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
export const dataPlane = dataPlanesOf(settingsOf({}))("shop");

/**
 * What the routes of one application mean.
 *
 * @param ports the ports of its neighbours, by service; all of them in its own namespace
 */
export function routingOf(keys = "", ports: Readonly<Record<string, number>> = {}): AppRouting {
  const portOf: PortOf = (service, namespace) => (namespace === "shop" ? ports[service] : undefined);
  return resolveApp(appOf(keys), portOf);
}

/** The VirtualService of an application for one origin. */
export function ruleOf(routing: AppRouting, kind: "gateway" | "mesh") {
  const routes = routing.byOrigin.find(({ origin }) => origin.kind === kind);
  return routes && virtualService(routing, routes, new Map([["default", "istio-ingress/wildcard"]]));
}

/** Who may call an application of a stack. */
export function accessOf(app: AppSettings, settings: Settings): AppAccess {
  return resolveAccess(app, { callers: callersOf(settings), byDefault: settings.mesh.access.default });
}

/** An application that everybody may call, and nobody has to show a token to. */
export const openAccess: AppAccess = {
  app: "checkout",
  namespace: "shop",
  pods: { app: "checkout" },
  enforcement: "enforced",
  closed: false,
  issuers: [],
  rules: [],
};
