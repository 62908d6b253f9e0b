import type { HeaderSettings } from "../settings/apps/headers";
import type { MatchSettings } from "../settings/apps/matches";
import { conditionsOf, type RetrySettings } from "../settings/apps/retries";
import { mirrorsOf, targetsOf, type DestinationSettings } from "../settings/apps/destinations";
import type { FaultSettings } from "../settings/apps/faults";
import type { RouteSettings } from "../settings/apps/routes";
import type { AppSettings } from "../settings/apps/schema";
import { hasMeshRules, holdsInMesh } from "../settings/apps/mesh-rules";
import { sharesOf } from "../settings/apps/shares";
import { frozen } from "../frozen";
import { mergeHeaders } from "./headers";
import type {
  AppRouting,
  AppRoutes,
  Backend,
  Destination,
  Fault,
  Match,
  Origin,
  Place,
  Retries,
  Route,
  TrafficPolicy,
} from "./model";

/** The port of a service that routes may name without one; undefined for a service that this stack doesn't know. */
export type PortOf = (service: string, namespace: string) => number | undefined;

/** The ports of the services of a stack's applications. */
export function portsOf(apps: readonly AppSettings[]): PortOf {
  const ports = new Map(apps.map(({ service, namespace, port }) => [`${namespace}/${service}`, port]));
  return (service, namespace) => ports.get(`${namespace}/${service}`);
}

/** An application, and what its routes mean. */
export interface ResolvedApp {
  readonly app: AppSettings;
  readonly routing: AppRouting;
}

/** The applications of a stack, each resolved once. */
export function resolveApps(apps: readonly AppSettings[]): ResolvedApp[] {
  const portOf = portsOf(apps);
  return apps.map((app) => ({ app, routing: resolveApp(app, portOf) }));
}

/** What the routes of one application mean, for each origin that its requests can have. */
export function resolveApp(app: AppSettings, portOf: PortOf): AppRouting {
  return frozen({
    app: app.name,
    namespace: app.namespace,
    destination: destinationOf(app),
    byOrigin: [...gatewayRoutes(app, portOf), meshRoutes(app, portOf)],
  });
}

function destinationOf(app: AppSettings): Destination {
  const whole = policyOf(app);
  return {
    service: app.service,
    namespace: app.namespace,
    versions: Object.entries(app.versions).map(([name, version]) => {
      const policy = policyOf(version);
      const labels = version.labels ?? { version: name };
      return { name, labels, ...(Object.keys(policy).length > 0 && { policy }) };
    }),
    policy: whole,
    ...(app.portLevelSettings && {
      ports: app.portLevelSettings.map((own) => ({ port: own.port, ...whole, ...policyOf(own) })),
    }),
  };
}

function policyOf({ loadBalancer, connectionPool, outlierDetection, tls }: Unset<TrafficPolicy>): TrafficPolicy {
  return {
    ...(loadBalancer && { loadBalancer }),
    ...(connectionPool && { connectionPool }),
    ...(outlierDetection && { outlierDetection }),
    ...(tls && { tls }),
  };
}

/** The same, where what is missing may be there as undefined. */
type Unset<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/**
 * One for each gateway that serves a host of the application. Never one for several: a gateway for `*.example.com` takes
 * names of any depth below it, so in a rule for both, a host that is meant for the internal gateway would be served by
 * the public one, too.
 */
function gatewayRoutes(app: AppSettings, portOf: PortOf): AppRoutes[] {
  const gateways = new Set(app.hosts.map(({ gateway }) => gateway));
  return [...gateways].map((name) => {
    const origin: Origin = { kind: "gateway", name };
    const hosts = app.hosts.filter(({ gateway }) => gateway === name).map(({ hostname }) => hostname);
    return { origin, hosts, routes: routesOf(app, origin, portOf), ruled: true };
  });
}

function meshRoutes(app: AppSettings, portOf: PortOf): AppRoutes {
  const origin: Origin = { kind: "mesh" };
  return { origin, hosts: [], routes: routesOf(app, origin, portOf), ruled: hasMeshRules(app) };
}

/** The routes that can apply to requests of an origin, and last the versions by weight, unless a route takes all. */
function routesOf(app: AppSettings, origin: Origin, portOf: PortOf): Route[] {
  const routes = app.routes.flatMap((route, index) => {
    const place = ["routes", index];
    const matches = (route.match ?? []).flatMap((match, each) => matchOf(match, [...place, "match", each], origin));
    const neverHolds = route.match && matches.length === 0;
    return neverHolds
      ? []
      : [{ place, ...resolveRoute(app, named(app, route, index, origin), matches, origin, portOf) }];
  });
  // What the routes of others don't take, or while they aren't there, goes on to those below.
  const takesAll = routes.some(({ matches, action }) => matches.length === 0 && action.kind !== "delegate");
  return takesAll ? routes : [...routes, resolveRoute(app, {}, [], origin, portOf)];
}

/** A gateway finds a route that has a limit by its name: one without gets one. Callers inside the mesh count none. */
function named(
  app: AppSettings,
  { rateLimit, ...route }: RouteSettings,
  index: number,
  { kind }: Origin,
): RouteSettings {
  return rateLimit && kind === "gateway"
    ? { ...route, rateLimit, name: route.name ?? `${app.name}.routes.${index}` }
    : route;
}

function matchOf(match: MatchSettings, place: Place, origin: Origin): Match[] {
  const { gateways: _, ...conditions } = match;
  return appliesTo(origin, match) ? [{ place, ...conditions }] : [];
}

/** Whether a match can hold for requests of an origin. From outside, the source is the gateway, never the caller's pod. */
export function appliesTo(origin: Origin, match: MatchSettings): boolean {
  if (origin.kind === "mesh") return holdsInMesh(match);
  const { gateways, sourceLabels, sourceNamespace } = match;
  return (!gateways || gateways.includes(origin.name)) && !(sourceLabels || sourceNamespace);
}

function resolveRoute(
  app: AppSettings,
  { name, redirect, directResponse, delegate, rewrite, corsPolicy, rateLimit, to, ...route }: RouteSettings,
  matches: readonly Match[],
  { kind }: Origin,
  portOf: PortOf,
): Route {
  const common = {
    ...(name && { name }),
    matches,
    ...(corsPolicy && { corsPolicy }),
    ...(rateLimit && { rateLimit: rateLimit.local }),
  };
  if (redirect) {
    const headers = mergeHeaders(app.headers, route.headers);
    const scheme = kind === "gateway" && ({ scheme: "https" } as const);
    return { ...common, ...(headers && { headers }), action: { kind: "redirect", to: { ...scheme, ...redirect } } };
  }
  if (directResponse) {
    const headers = mergeHeaders(app.headers, route.headers);
    return { ...common, ...(headers && { headers }), action: { kind: "respond", response: directResponse } };
  }
  const headers = mergeHeaders(kind === "gateway" ? forwardedProto : undefined, app.headers, route.headers);
  const timeout = route.timeout ?? app.timeout;
  const retries = route.retries ?? app.retries;
  const mirrors = mirrorsOf(route.mirror).map(({ mirror: { percentage = 100, ...to } }) => ({
    ...backendOf(app, to, portOf),
    percentage,
  }));
  const onTheWay = {
    ...(rewrite && { rewrite }),
    ...(timeout && { timeout }),
    ...(retries && { retries: retriesOf(retries) }),
    ...(mirrors.length > 0 && { mirrors }),
    ...(route.fault && { fault: faultOf(route.fault) }),
  };
  return {
    ...common,
    ...(headers && { headers }),
    action: delegate
      ? { kind: "delegate", to: { namespace: app.namespace, ...delegate }, ...onTheWay }
      : { kind: "forward", backends: backendsOf(app, to, portOf), ...onTheWay },
  };
}

function faultOf({ delay, abort }: FaultSettings): Fault {
  return {
    ...(delay && { delay: { percentage: 100, ...delay } }),
    ...(abort && { abort: { percentage: 100, ...abort } }),
  };
}

function retriesOf({ retryOn, ...retries }: RetrySettings): Retries {
  return { ...retries, ...(retryOn !== undefined && { retryOn: conditionsOf(retryOn) }) };
}

/** TLS ended at the load balancer, which adds no headers: the gateway would report its own plain connection. */
const forwardedProto: HeaderSettings = { request: { set: { "x-forwarded-proto": "https" } } };

/** A backend at 0 is left out, so that a version can be taken away in two steps without a request going astray. */
function backendsOf(app: AppSettings, to: RouteSettings["to"], portOf: PortOf): Backend[] {
  const destinations = destinationsOf(app, to);
  const shares = sharesOf(destinations.map(({ weight }) => weight));
  return destinations.flatMap((destination, index) => {
    const weight = shares[index] ?? 0;
    return weight === 0 ? [] : [{ ...backendOf(app, destination, portOf), weight }];
  });
}

function destinationsOf({ versions }: AppSettings, to: RouteSettings["to"]): readonly DestinationSettings[] {
  if (to !== undefined) return targetsOf(to).map(({ destination }) => destination);
  const entries = Object.entries(versions);
  return entries.length === 0 ? [{}] : entries.map(([version, { weight }]) => ({ version, weight }));
}

function backendOf(
  app: AppSettings,
  { version, service, namespace: named, port }: DestinationSettings,
  portOf: PortOf,
): Omit<Backend, "weight"> {
  const namespace = (service && named) || app.namespace;
  const backend = { service: service ?? app.service, namespace };
  return {
    ...backend,
    port: port ?? portOf(backend.service, namespace) ?? app.port,
    ...(version && { version }),
  };
}
