import type { IEnvoyFilter } from "@kubernetes-models/istio/networking.istio.io/v1alpha3";
import type { AppRouting } from "../../routing/model";
import type { AppSettings } from "../../settings/apps/schema";
import { forGateway } from "../../settings/gateways/names";
import type { GatewaySettings } from "../../settings/gateways/schema";
import { keyOf } from "../../settings/reading/problems";
import { seconds } from "../../settings/scalars";
import type { LocalRateLimit } from "../../settings/rate-limits/schema";
import type { AppObjectKey, MeshObject } from "../mesh-object";
import { gatewayLabels } from "../names";
import type { IstioObject } from "./istio-object";

type Patch = NonNullable<NonNullable<IEnvoyFilter["spec"]>["configPatches"]>[number];
type Context = "SIDECAR_INBOUND" | "GATEWAY";

/** A route of an application on a gateway, and how many requests it lets through. */
export interface RouteLimit {
  /** Its key in the stack file, e.g. `apps.web.routes[0]`: all hosts and conditions of the route are counted by it. */
  readonly key: string;
  /** The route's name, and the hosts that have it. */
  readonly route: string;
  readonly hosts: readonly string[];
  readonly limit: LocalRateLimit;
}

/**
 * How many requests each pod of an application lets through. Istio has no API of its own for it.
 *
 * @returns undefined for an application without a limit
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#local-rate-limit
 */
export function appRateLimit({ name, namespace, pods, rateLimit }: AppSettings): MeshObject<AppObjectKey> | undefined {
  if (!rateLimit) return undefined;
  const patches = [limitAll("SIDECAR_INBOUND", rateLimit.local)];
  return { key: "rate-limit", object: envoyFilter(`${name}.rate-limit`, namespace, pods.labels, patches), after: [] };
}

/**
 * How many requests each pod of a gateway lets through: of all, and of single routes.
 *
 * @returns undefined where nothing is limited
 */
export function gatewayRateLimit(gateway: GatewaySettings, routes: readonly RouteLimit[]): MeshObject | undefined {
  const { key, name, namespace, rateLimit } = gateway;
  const patches = [
    ...(rateLimit ? [limitAll("GATEWAY", rateLimit.local)] : []),
    ...(routes.length > 0 ? [limitRoutes(routes)] : []),
    ...routes.flatMap((each) => each.hosts.map((host) => mark(each, host))),
  ];
  if (patches.length === 0) return undefined;
  const object = envoyFilter(forGateway("rate-limit", key), namespace, gatewayLabels(name), patches);
  return { key: "rate-limit", object, after: [] };
}

/** The limits of routes that a gateway counts. */
export function routeLimitsOf(gateway: string, apps: readonly AppRouting[]): RouteLimit[] {
  return apps.flatMap(({ app, byOrigin }) =>
    byOrigin
      .filter(({ origin }) => origin.kind === "gateway" && origin.name === gateway)
      .flatMap(({ hosts, routes }) =>
        routes.flatMap(({ place = [], name: route, rateLimit: limit }) =>
          route !== undefined && limit ? [{ key: keyOf(`apps.${app}`, place), route, hosts, limit }] : [],
        ),
      ),
  );
}

function envoyFilter(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  configPatches: Patch[],
): IstioObject<IEnvoyFilter> {
  return {
    apiVersion: "networking.istio.io/v1alpha3",
    kind: "EnvoyFilter",
    metadata: { name, namespace },
    // After those without a priority, whatever their age: filters of others that stand before the router stay before this.
    spec: { priority: 10, workloadSelector: { labels: { ...labels } }, configPatches },
  };
}

function limitAll(context: Context, limit: LocalRateLimit): Patch {
  return beforeRouter(context, "envoy.filters.http.local_ratelimit", {
    stat_prefix: "rate_limit",
    token_bucket: tokenBucket(limit),
  });
}

/** What marks a route for the limits of routes, in its metadata. */
const routeMark = { namespace: "eks-istio.rate-limit", key: "route" };

/**
 * One filter counts for all routes, so that a route has one limit over all of its hosts and conditions, each of which is a
 * route of its own for Envoy. A request of no such route takes from a bucket that doesn't run dry: Envoy asks for one, whose
 * interval the others are multiples of.
 */
function limitRoutes(routes: readonly RouteLimit[]): Patch {
  const unlimited = 1_000_000_000;
  return beforeRouter("GATEWAY", "eks-istio.route-rate-limit", {
    stat_prefix: "route_rate_limit",
    token_bucket: { max_tokens: unlimited, tokens_per_fill: unlimited, fill_interval: "0.05s" },
    always_consume_default_token_bucket: false,
    rate_limits: [
      {
        actions: [
          {
            metadata: {
              descriptor_key: routeMark.key,
              metadata_key: { key: routeMark.namespace, path: [{ key: routeMark.key }] },
              source: "ROUTE_ENTRY",
            },
          },
        ],
      },
    ],
    descriptors: routes.map(({ key, limit }) => ({
      entries: [{ key: routeMark.key, value: key }],
      token_bucket: tokenBucket(limit),
    })),
  });
}

function mark({ key, route }: RouteLimit, host: string): Patch {
  return {
    applyTo: "HTTP_ROUTE",
    match: { context: "GATEWAY", routeConfiguration: { vhost: { domainName: host, route: { name: route } } } },
    patch: {
      operation: "MERGE",
      value: { metadata: { filter_metadata: { [routeMark.namespace]: { [routeMark.key]: key } } } },
    },
  };
}

/** The last before the router: what is refused before costs nothing of the limit. */
function beforeRouter(context: Context, name: string, limits: object): Patch {
  const filter = {
    name: "envoy.filters.network.http_connection_manager",
    subFilter: { name: "envoy.filters.http.router" },
  };
  const always = { default_value: { numerator: 100, denominator: "HUNDRED" } };
  return {
    applyTo: "HTTP_FILTER",
    match: { context, listener: { filterChain: { filter } } },
    patch: {
      operation: "INSERT_BEFORE",
      value: {
        name,
        typed_config: {
          "@type": "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
          ...limits,
          // Left out, Envoy counts nothing.
          filter_enabled: always,
          filter_enforced: always,
          rate_limited_as_resource_exhausted: true,
        },
      },
    },
  };
}

function tokenBucket({ requests, per, burst = requests }: LocalRateLimit) {
  return { max_tokens: burst, tokens_per_fill: requests, fill_interval: `${Number(seconds(per).toFixed(3))}s` };
}
