import fc from "fast-check";
import type { KubernetesObject } from "../cluster/api";
import type { Input } from "./input";

/** Objects of which istiod may warn, for one thing or several: their parts are few, and odd. The seed is fixed: each run has the same. */
export function warnable(count: number): Input[] {
  return fc
    .sample(object, { numRuns: count, seed: 1310 })
    .map((made, index) => ({ title: `warnable ${index}`, objects: [made] }));
}

type Spec = Readonly<Record<string, unknown>>;

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const list = <T>(value: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(value, { minLength, maxLength });
/** There as often as `there` in ten says. */
const maybe = <T>(value: fc.Arbitrary<T>, there = 5) =>
  fc.oneof({ arbitrary: value, weight: there }, { arbitrary: fc.constant(undefined), weight: 10 - there });
const protocol = one("HTTP", "HTTP2", "GRPC", "HTTPS", "TLS", "TCP", "MONGO", "http", undefined);

const selector = maybe(one({}, { matchLabels: {} }, { matchLabels: { app: "web" } }), 6);
const workloadSelector = maybe(one({}, { labels: {} }, { labels: { app: "web" } }), 4);

const certificate = fc.constant({ serverCertificate: "/etc/own.pem", privateKey: "/etc/own.key" });
const serverTls = fc.record({
  mode: one("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "PASSTHROUGH", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", undefined),
  minProtocolVersion: maybe(one("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2"), 6),
  cipherSuites: maybe(
    list(
      one("AES128-SHA", "AES256-SHA", "ALL", "-AES128-SHA", "", "AES", "TLS_AES_128_GCM_SHA256", "aes128-sha"),
      0,
      4,
    ),
  ),
  credentialName: maybe(one("certificate", ""), 3),
  credentialNames: maybe(list(one("rsa", "ecdsa"), 0, 2), 1),
  tlsCertificates: maybe(list(certificate, 0, 3), 3),
  caCertificates: maybe(one("/etc/ca.pem", ""), 5),
  caCrl: maybe(one("/etc/crl.pem"), 2),
  httpsRedirect: maybe(one(true, false), 2),
});

const gateway = fc.record({
  selector: fc.constant({ istio: "edge" }),
  servers: fc.uniqueArray(
    fc.record({
      port: fc.record({ number: one(80, 443, 8443), name: one("one", "two"), protocol: one("HTTP", "HTTPS", "TLS") }),
      hosts: fc.constant(["*.example.com"]),
      tls: maybe(serverTls, 9),
    }),
    { minLength: 1, maxLength: 2, selector: ({ port }) => port.name },
  ),
});

const imported = fc
  .tuple(one(".", "*", "shop", "pay", "~shop", "~"), one("*", "*.example.com", "a.example.com", "b.example.com"))
  .map((parts) => parts.join("/"));
const sidecar = fc.record({
  workloadSelector,
  egress: maybe(list(fc.record({ hosts: list(imported, 1, 4) }), 1, 1), 8),
  ingress: maybe(
    list(
      fc.record({
        port: fc.record({ number: one(9000), name: fc.constant("own"), protocol }),
        connectionPool: maybe(one({ http: {} }, { tcp: {} }, { http: { maxRetries: 1 }, tcp: {} })),
        tls: maybe(serverTls, 3),
      }),
      1,
      1,
    ),
    6,
  ),
});

const locality = fc.record({
  enabled: maybe(one(true, false), 3),
  failover: maybe(one([], [{ from: "a", to: "b" }])),
  failoverPriority: maybe(one([], ["topology.istio.io/cluster"], ["topology.kubernetes.io/region"])),
  distribute: maybe(one([{ from: "a/*", to: { "b/*": 100 } }]), 1),
});
const policy = {
  loadBalancer: maybe(fc.record({ localityLbSetting: maybe(locality), zoneAwareLbSetting: maybe(locality, 3) }), 8),
  outlierDetection: maybe(one({}, { consecutive5xxErrors: 5 }, { consecutiveErrors: 5 }), 3),
  tls: fc.constant({ mode: "DISABLE" }),
};
const trafficPolicy = fc.record({
  ...policy,
  portLevelSettings: maybe(list(fc.record({ port: fc.constant({ number: 80 }), ...policy }), 1, 1), 2),
});
const destinationRule = fc.record({
  host: fc.constant("web"),
  workloadSelector: maybe(one({}, { matchLabels: {} }, { matchLabels: { app: "web" } }), 2),
  trafficPolicy: maybe(trafficPolicy, 9),
  subsets: maybe(
    fc
      .record({ trafficPolicy: maybe(trafficPolicy) })
      .map((own) => [{ name: "v1", labels: { version: "v1" }, ...own }]),
    3,
  ),
});

const serviceEntry = fc.record({
  workloadSelector,
  hosts: fc.uniqueArray(
    one("a.example.org", "b.example.org", "*.example.org", "*-api.example.org", "*api.example.org"),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  addresses: maybe(one(["192.0.2.1"], []), 6),
  ports: fc.uniqueArray(
    fc.record({ number: one(80, 443), name: one("one", "two"), protocol }).map((port) => ({ ...port })),
    { minLength: 1, maxLength: 2, selector: ({ name }) => name },
  ),
  resolution: one(undefined, "NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"),
  location: one(undefined, "MESH_EXTERNAL", "MESH_INTERNAL"),
  endpoints: maybe(
    list(fc.record({ address: maybe(one("192.0.2.2", "a.example.org", "")), network: maybe(one("other", "")) }), 1, 2),
    3,
  ),
});

const route = fc.constant([{ destination: { host: "web" } }]);
const http = fc.oneof(
  fc.record({
    route,
    fault: maybe(
      fc.record({
        abort: maybe(one({}, { percentage: { value: 1 } }, { httpStatus: 503 }, { grpcStatus: "ABORTED" }), 8),
        delay: maybe(one({ fixedDelay: "1s" }), 3),
      }),
    ),
    mirror: maybe(one({ host: "web" }), 2),
    mirrorPercent: maybe(one(10), 2),
  }),
  fc.record({
    directResponse: fc.record({
      status: one(200),
      body: maybe(
        one(
          { string: "x" },
          { string: "x".repeat(102_400) },
          { string: "ä".repeat(51_201) },
          { bytes: Buffer.alloc(102_401).toString("base64") },
          { bytes: Buffer.alloc(1000).toString("base64") },
          { string: "x".repeat(1_048_577) },
        ),
      ),
    }),
  }),
);
const virtualService = fc.oneof(
  fc.record({
    hosts: fc.constant(["web"]),
    gateways: maybe(one(["mesh"], ["edge/public"], ["public.edge"], ["public.edge.svc.cluster.local"], ["public"])),
    http: list(http, 1, 2),
  }),
  fc.record({
    hosts: one(["*.example.com"], ["*.example.com", "192.0.2.1"]),
    gateways: fc.constant(["edge/public"]),
    tls: fc
      .tuple(list(one("a.example.com", "192.0.2.1", "2001:db8::1", "*.example.com"), 1, 2), route)
      .map(([sniHosts, to]) => [{ match: [{ sniHosts }], route: to }]),
  }),
);

const publicKey = { kty: "RSA", n: "AQAB", e: "AQAB" };
const ellipticKey = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
};
const privateKey = { ...ellipticKey, d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE" };
const sharedKey = { kty: "oct", k: "c2VjcmV0" };
const key = one<Spec>(publicKey, ellipticKey, privateKey, sharedKey);
const jwks = fc.oneof(
  list(key, 0, 3).map((keys) => JSON.stringify({ keys })),
  key.map((own) => JSON.stringify(own)),
  one("", "{", "[]", "{}", "null", '"text"', '{"keys": {}}'),
);
const requestAuthentication = fc.record({
  selector,
  jwtRules: list(fc.record({ issuer: fc.constant("https://id.example.com"), jwks: maybe(jwks, 8) }), 1, 2),
});

const provider = fc.record({ name: one("zipkin", "otel") });
const telemetry = fc.record({
  selector,
  tracing: maybe(list(fc.record({ providers: maybe(list(provider, 0, 2)), match: fc.constant(undefined) }), 0, 2), 8),
  accessLogging: maybe(one([{ providers: [{ name: "envoy" }, { name: "otel" }] }]), 2),
  metrics: maybe(
    one(
      [{ overrides: [{ tagOverrides: { "": { value: "x" } } }] }],
      [{ overrides: [{ tagOverrides: { a: { value: "x" } } }] }],
      [{ overrides: [{}] }],
    ),
    5,
  ),
});

const typed = one<Spec>(
  { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua", inline_code: "-- nothing" },
  { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua", inlineCode: "-- nothing" },
  { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua", code: "-- nothing" },
  { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua", default_source_code: { inline: "" } },
  { "@type": "envoy.extensions.filters.http.router.v3.Router" },
  { "@type": "type.googleapis.com/envoy.extensions.filters.http.nothing.v3.Nothing" },
  { "@type": "type.googleapis.com/udpa.type.v1.TypedStruct", type_url: "own", value: { anything: [1, { a: null }] } },
  { "@type": "type.googleapis.com/google.protobuf.Duration", value: "1s" },
  { "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext", sni: "a" },
  {
    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
    http_filters: [{ name: "own", typed_confi: {} }],
    stat_prefix: "own",
  },
  {},
);
const extension = fc
  .record({
    name: maybe(one("envoy.filters.http.lua", "own"), 9),
    key: one("typed_config", "typed_config", "typedConfig"),
    typed: maybe(typed, 7),
    disabled: maybe(one(true), 1),
    config: maybe(one({}), 1),
  })
  .map(({ key, typed: settings, ...rest }) => ({ ...rest, [key]: settings }));
const patches = fc.oneof(
  fc.record({ applyTo: one("HTTP_FILTER", "NETWORK_FILTER"), value: extension }),
  fc.record({
    applyTo: fc.constant("CLUSTER"),
    value: fc.record({
      name: maybe(one("own")),
      transport_socket: maybe(extension),
      loadAssignment: maybe(one({ cluster_name: "a" }, { clusterName: "a", endpoints: [{ lb_endpoint: [] }] }), 3),
      connect_timeout: maybe(one("1s"), 3),
      metadata: maybe(one({ filter_metadata: { own: { anything: { at: "all" } } } }), 3),
      transport_socket_matches: maybe(one([{ name: "a", transport_socket: { name: "b" } }]), 2),
      lb_polic: maybe(one("ROUND_ROBIN"), 1),
    }),
  }),
  fc.record({
    applyTo: one("VIRTUAL_HOST", "HTTP_ROUTE"),
    value: fc.record({
      response_headers_to_add: maybe(
        one([{ header: { key: "a", value: "b" } }], [{ header: { key: "a", val: "b" } }], [{ append: true }]),
      ),
      typed_per_filter_config: maybe(
        typed.map((own) => ({ own })),
        4,
      ),
    }),
  }),
  fc.record({ applyTo: one("LISTENER", "FILTER_CHAIN"), value: one<Spec>({}, { name: "own" }, { nam: "own" }) }),
);
const filterName = one(
  "envoy.filters.network.http_connection_manager",
  "envoy.http_connection_manager",
  "envoy.tcp_proxy",
  "own",
);
const filterMatch = fc.record({
  name: filterName,
  subFilter: maybe(fc.record({ name: one("envoy.router", "envoy.ext_authz", "envoy.filters.http.router") }), 3),
});
const envoyFilter = fc.record({
  workloadSelector,
  configPatches: list(
    fc
      .record({
        patch: patches,
        operation: one("ADD", "MERGE", "REMOVE", "INSERT_FIRST"),
        filter: maybe(filterMatch, 3),
        proxyVersion: maybe(one("^1\\.31.*", "1".repeat(1025), "("), 2),
        context: maybe(one("GATEWAY", "WAYPOINT"), 2),
      })
      .map(({ patch: { applyTo, value }, operation, filter, proxyVersion, context }) => ({
        applyTo,
        match: {
          context,
          proxy: proxyVersion === undefined ? undefined : { proxyVersion },
          listener: filter && /LISTENER|FILTER/.test(applyTo) ? { filterChain: { filter } } : undefined,
        },
        patch: { operation, value },
      })),
    1,
    2,
  ),
});

const specs: readonly (readonly [apiVersion: string, kind: string, spec: fc.Arbitrary<Spec>])[] = [
  ["networking.istio.io/v1", "Gateway", gateway],
  ["networking.istio.io/v1", "Sidecar", sidecar],
  ["networking.istio.io/v1", "DestinationRule", destinationRule],
  ["networking.istio.io/v1", "ServiceEntry", serviceEntry],
  ["networking.istio.io/v1", "VirtualService", virtualService],
  [
    "networking.istio.io/v1",
    "WorkloadEntry",
    fc.record({ network: maybe(one("other", "")), address: maybe(one("192.0.2.1", "a.example.org")) }),
  ],
  ["networking.istio.io/v1alpha3", "EnvoyFilter", envoyFilter],
  ["networking.istio.io/v1alpha3", "EnvoyFilter", envoyFilter],
  ["networking.istio.io/v1beta1", "ProxyConfig", fc.record({ selector })],
  ["security.istio.io/v1", "RequestAuthentication", requestAuthentication],
  ["security.istio.io/v1", "PeerAuthentication", fc.record({ selector, mtls: fc.constant({ mode: "STRICT" }) })],
  ["security.istio.io/v1", "AuthorizationPolicy", fc.record({ selector, rules: fc.constant([{}]) })],
  ["telemetry.istio.io/v1", "Telemetry", telemetry],
  [
    "extensions.istio.io/v1alpha1",
    "TrafficExtension",
    fc.record({ selector, lua: fc.constant({ inlineCode: "-- nothing" }) }),
  ],
  ["extensions.istio.io/v1alpha1", "WasmPlugin", fc.record({ selector, url: fc.constant("oci://example.com/own:1") })],
];

const object: fc.Arbitrary<KubernetesObject> = fc.oneof(
  ...specs.map(([apiVersion, kind, spec]) =>
    spec.map(
      (own) =>
        // Without what is undefined, as JSON leaves it out.
        JSON.parse(
          JSON.stringify({ apiVersion, kind, metadata: { name: "own", namespace: "shop" }, spec: own }),
        ) as KubernetesObject,
    ),
  ),
);
