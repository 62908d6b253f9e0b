import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { AppSettings } from "../../settings/apps/schema";
import type { HeaderSettings } from "../../settings/apps/headers";
import type { RetrySettings } from "../../settings/apps/retries";
import type { DestinationSettings, RouteSettings } from "../../settings/apps/routes";
import { defaultGateway } from "../../settings/gateways/names";
import type { IstioObject } from "./istio-object";
import { serviceHost } from "../names";
import { appliesTo, httpMatch, type Origin } from "./route-match";

type HttpRoute = NonNullable<NonNullable<IVirtualService["spec"]>["http"]>[number];
type HttpDestination = NonNullable<HttpRoute["route"]>[number];

/** The ports of an application's service and of its neighbours, by host name. */
export type ServicePorts = Readonly<Record<string, number>>;

/**
 * How requests from outside reach an application: its hosts on one gateway.
 *
 * It is a rule of its own beside the mesh's, because only here TLS was ended on the way: the application is told
 * `x-forwarded-proto: https`, and a redirect goes to https. Calls from inside the mesh keep their scheme.
 *
 * Its name has a dot in it, which no application's has. It is not the host's: a host that goes from one application to
 * another would be two objects of one name for a moment, which Kubernetes refuses.
 *
 * @param app the application with its hosts on this gateway only
 * @param gateway the Gateway, as `namespace/name`
 * @returns undefined for an application without a host there
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export function ingressVirtualService(
  app: AppSettings,
  gateway: string,
  ports: ServicePorts,
): IstioObject<IVirtualService> | undefined {
  const [first] = app.hosts;
  if (!first) return undefined;
  const name = first.gateway === defaultGateway ? `${app.name}.ingress` : `${app.name}.ingress.${first.gateway}`;
  return virtualService(name, app, {
    hosts: app.hosts.map(({ hostname }) => hostname),
    gateways: [gateway],
    http: httpRoutes(app, "ingress", ports),
  });
}

/**
 * How calls from inside the mesh reach an application.
 *
 * @returns undefined where Kubernetes' own routing is all that is asked for
 */
export function meshVirtualService(app: AppSettings, ports: ServicePorts): IstioObject<IVirtualService> | undefined {
  const http = httpRoutes(app, "mesh", ports);
  const ruled =
    app.routes.some(({ match }) => !match) ||
    http.length > 1 ||
    Object.keys(app.versions).length > 0 ||
    app.timeout ||
    app.retries ||
    app.headers;
  if (!ruled) return undefined;
  return virtualService(app.name, app, { hosts: [serviceHost(app.service, app.namespace)], gateways: ["mesh"], http });
}

function virtualService(
  name: string,
  { namespace }: AppSettings,
  spec: NonNullable<IVirtualService["spec"]>,
): IstioObject<IVirtualService> {
  return { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata: { name, namespace }, spec };
}

/** The routes that can apply to requests of an origin, first match first, and last the versions by weight. */
function httpRoutes(app: AppSettings, origin: Origin, ports: ServicePorts): HttpRoute[] {
  const routes = app.routes.flatMap((route) => {
    const match = route.match?.filter((candidate) => appliesTo(origin, candidate));
    return match?.length === 0 ? [] : [{ ...route, match }];
  });
  const rest: RouteSettings[] = routes.some(({ match }) => !match) ? [] : [{}];
  return [...routes, ...rest].map((route) => httpRoute(app, route, origin, ports));
}

function httpRoute(app: AppSettings, route: RouteSettings, origin: Origin, ports: ServicePorts): HttpRoute {
  const retries = route.retries ?? app.retries;
  const timeout = route.timeout ?? app.timeout;
  const common: HttpRoute = {
    ...(route.name && { name: route.name }),
    ...(route.match && { match: route.match.map(httpMatch) }),
    ...(route.corsPolicy && { corsPolicy: route.corsPolicy }),
  };
  if (route.redirect) {
    const headers = mergeHeaders(app.headers, route.headers);
    return {
      ...common,
      ...(headers && { headers }),
      redirect: { ...(origin === "ingress" && { scheme: "https" }), ...route.redirect },
    };
  }
  const headers = mergeHeaders(origin === "ingress" ? forwardedProto : undefined, app.headers, route.headers);
  return {
    ...common,
    ...(route.rewrite && { rewrite: route.rewrite }),
    ...(headers && { headers }),
    ...(timeout && { timeout }),
    ...(retries && { retries: httpRetries(retries) }),
    route: destinations(app, route.to, ports),
  };
}

/** TLS ended at the load balancer, which adds no headers: the gateway would report its own plain connection. */
const forwardedProto: HeaderSettings = { request: { set: { "x-forwarded-proto": "https" } } };

function httpRetries({ on, ...retries }: RetrySettings): HttpRoute["retries"] {
  return { ...retries, ...(on && { retryOn: on.join(",") }) };
}

function destinations(app: AppSettings, to: RouteSettings["to"], ports: ServicePorts): HttpDestination[] {
  if (typeof to === "string") return [destination(app, { version: to }, ports)];
  const list = to === undefined ? versionsByWeight(app) : Array.isArray(to) ? to : [to];
  // A destination at 0 is left out, so that a version can be taken away in two steps without a request going astray.
  const live = list.filter(({ weight }) => weight !== 0);
  return live.length === 1
    ? live.map(({ weight: _, ...only }) => destination(app, only, ports))
    : live.map((each) => destination(app, each, ports));
}

function versionsByWeight({ versions }: AppSettings): DestinationSettings[] {
  const entries = Object.entries(versions);
  if (entries.length === 0) return [{}];
  return entries.map(([version, { weight }]) => ({ version, weight: weight ?? (entries.length === 1 ? 100 : 0) }));
}

function destination(
  app: AppSettings,
  { version, service, namespace, port, weight }: DestinationSettings,
  ports: ServicePorts,
): HttpDestination {
  const host = serviceHost(service ?? app.service, (service && namespace) || app.namespace);
  return {
    destination: { host, ...(version && { subset: version }), port: { number: port ?? ports[host] ?? app.port } },
    ...(weight !== undefined && { weight }),
  };
}

/** Later operations win over earlier ones. */
function mergeHeaders(...all: readonly (HeaderSettings | undefined)[]): HeaderSettings | undefined {
  const merged: { -readonly [Side in keyof HeaderSettings]: HeaderSettings[Side] } = {};
  for (const headers of all) {
    for (const side of ["request", "response"] as const) {
      const operations = headers?.[side];
      if (!operations) continue;
      const { set, add, remove } = merged[side] ?? {};
      merged[side] = {
        ...((set || operations.set) && { set: { ...set, ...operations.set } }),
        ...((add || operations.add) && { add: { ...add, ...operations.add } }),
        ...((remove || operations.remove) && { remove: [...(remove ?? []), ...(operations.remove ?? [])] }),
      };
    }
  }
  return Object.keys(merged).length > 0 ? merged : undefined;
}
