import assert from "node:assert/strict";
import { appsInMesh } from "../../../components/manifests/apps-in-mesh";
import { appRateLimit, gatewayRateLimit, routeLimitsOf } from "../../../components/manifests/istio/rate-limit";
import { gatewayOf, settingsOf } from "../../stack";
import { appOf } from "../app";

const always = { default_value: { numerator: 100, denominator: "HUNDRED" } };
const enforced = { filter_enabled: always, filter_enforced: always, rate_limited_as_resource_exhausted: true };
const type = "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";

/** A filter that stands directly before the router. */
function filter(context: string, name: string, limits: object) {
  const subFilter = { name: "envoy.filters.http.router" };
  return {
    applyTo: "HTTP_FILTER",
    match: {
      context,
      listener: { filterChain: { filter: { name: "envoy.filters.network.http_connection_manager", subFilter } } },
    },
    patch: {
      operation: "INSERT_BEFORE",
      value: { name, typed_config: { "@type": type, ...limits, ...enforced } },
    },
  };
}

/** A filter that counts all requests. */
function all(context: string, token_bucket: object) {
  return filter(context, "envoy.filters.http.local_ratelimit", { stat_prefix: "rate_limit", token_bucket });
}

describe("the rate limit of an application", () => {
  it("is counted by the sidecars of its pods, after all that may refuse a request", () => {
    assert.deepEqual(appRateLimit(appOf("rateLimit: {local: {requests: 100, per: 1s}}")), {
      key: "rate-limit",
      object: {
        apiVersion: "networking.istio.io/v1alpha3",
        kind: "EnvoyFilter",
        metadata: { name: "checkout.rate-limit", namespace: "shop" },
        spec: {
          priority: 10,
          workloadSelector: { labels: { app: "checkout" } },
          configPatches: [all("SIDECAR_INBOUND", { max_tokens: 100, tokens_per_fill: 100, fill_interval: "1s" })],
        },
      },
      after: [],
    });
  });

  it("is for the pods that its selector finds", () => {
    const limit = appRateLimit(appOf("rateLimit: {local: {requests: 1, per: 1s}}\nselector: {team: pay}"));
    assert.deepEqual((limit?.object.spec as { workloadSelector: object }).workloadSelector, {
      labels: { team: "pay" },
    });
  });

  for (const [local, bucket] of [
    ["{requests: 5, per: 1m30s}", { max_tokens: 5, tokens_per_fill: 5, fill_interval: "90s" }],
    ["{requests: 5, per: 150ms}", { max_tokens: 5, tokens_per_fill: 5, fill_interval: "0.15s" }],
    ["{requests: 5, per: 1h, burst: 8}", { max_tokens: 8, tokens_per_fill: 5, fill_interval: "3600s" }],
  ] as const)
    it(`is a bucket for ${local}`, () => {
      const limit = appRateLimit(appOf(`rateLimit: {local: ${local}}`));
      assert.deepEqual((limit?.object.spec as { configPatches: object[] }).configPatches, [
        all("SIDECAR_INBOUND", bucket),
      ]);
    });

  it("is nothing for an application without one", () => {
    assert.equal(appRateLimit(appOf()), undefined);
  });
});

describe("the rate limits of a gateway", () => {
  const gateways = { public: { rateLimit: { local: { requests: 1000, per: "1s" } } }, internal: {} };
  const settings = settingsOf({
    "eks-istio:domain": {
      name: "example.com",
      gateway: "public",
      additional: [{ name: "example.net", gateway: "internal" }],
    },
    "eks-istio:gateways": gateways,
    "eks-istio:apps": {
      web: {
        hosts: ["web", "www", { host: "web", domain: "example.net" }],
        namespace: "shop",
        port: 8080,
        routes: [
          { match: [{ uri: { prefix: "/free" } }] },
          { match: [{ uri: { prefix: "/login" } }], rateLimit: { local: { requests: 5, per: "1m" } } },
          {
            name: "search",
            match: [{ uri: { prefix: "/search" }, gateways: ["public", "mesh"] }],
            rateLimit: { local: { requests: 10, per: "1s" } },
          },
        ],
      },
    },
  });
  const routings = appsInMesh(settings).map(({ routing }) => routing);
  const limitOf = (key: string) =>
    gatewayRateLimit(
      settings.gateways.find((each) => each.key === key)!,
      routeLimitsOf(key, routings),
    );

  /** A filter that counts requests of routes by their keys. */
  const routes = (...descriptors: readonly object[]) =>
    filter("GATEWAY", "eks-istio.route-rate-limit", {
      stat_prefix: "route_rate_limit",
      token_bucket: { max_tokens: 1_000_000_000, tokens_per_fill: 1_000_000_000, fill_interval: "0.05s" },
      always_consume_default_token_bucket: false,
      rate_limits: [
        {
          actions: [
            {
              metadata: {
                descriptor_key: "route",
                metadata_key: { key: "eks-istio.rate-limit", path: [{ key: "route" }] },
                source: "ROUTE_ENTRY",
              },
            },
          ],
        },
      ],
      descriptors,
    });
  const login = {
    entries: [{ key: "route", value: "apps.web.routes[1]" }],
    token_bucket: { max_tokens: 5, tokens_per_fill: 5, fill_interval: "60s" },
  };
  const search = {
    entries: [{ key: "route", value: "apps.web.routes[2]" }],
    token_bucket: { max_tokens: 10, tokens_per_fill: 10, fill_interval: "1s" },
  };
  const mark = (domainName: string, name: string, route: string) => ({
    applyTo: "HTTP_ROUTE",
    match: { context: "GATEWAY", routeConfiguration: { vhost: { domainName, route: { name } } } },
    patch: { operation: "MERGE", value: { metadata: { filter_metadata: { "eks-istio.rate-limit": { route } } } } },
  });

  it("are its own for all requests, and one for each route, whatever its hosts", () => {
    assert.deepEqual(limitOf("public"), {
      key: "rate-limit",
      object: {
        apiVersion: "networking.istio.io/v1alpha3",
        kind: "EnvoyFilter",
        metadata: { name: "rate-limit-public", namespace: "istio-ingress-public" },
        spec: {
          priority: 10,
          workloadSelector: { labels: { app: "istio-ingress-public", istio: "ingress-public" } },
          configPatches: [
            all("GATEWAY", { max_tokens: 1000, tokens_per_fill: 1000, fill_interval: "1s" }),
            routes(login, search),
            mark("web.example.com", "web.routes.1", "apps.web.routes[1]"),
            mark("www.example.com", "web.routes.1", "apps.web.routes[1]"),
            mark("web.example.com", "search", "apps.web.routes[2]"),
            mark("www.example.com", "search", "apps.web.routes[2]"),
          ],
        },
      },
      after: [],
    });
  });

  it("are those of routes that it has, where it has none of its own", () => {
    assert.deepEqual((limitOf("internal")?.object.spec as { configPatches: object[] }).configPatches, [
      routes(login),
      mark("web.example.net", "web.routes.1", "apps.web.routes[1]"),
    ]);
  });

  it("are nothing where nothing is limited", () => {
    assert.equal(gatewayRateLimit(gatewayOf(), []), undefined);
  });
});
