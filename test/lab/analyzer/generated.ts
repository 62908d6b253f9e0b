import fc from "fast-check";
import type { KubernetesObject } from "../cluster/api";
import type { Input } from "./input";

/**
 * Small meshes that break many rules: names, hosts, ports and labels are few, so objects meet, and refer to what isn't
 * there. The seed is fixed: each run has the same.
 *
 * @param istiod objects of its chart
 */
export function generated(count: number, istiod: readonly KubernetesObject[]): Input[] {
  const webhooks = istiod.filter(({ kind }) => kind === "MutatingWebhookConfiguration");
  return fc.sample(mesh, { numRuns: count, seed: 1310 }).map((objects, index) => ({
    title: `generated ${index}`,
    objects: unique([...surroundings, ...webhooks, ...objects]),
  }));
}

type Spec = Readonly<Record<string, unknown>>;

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const list = <T>(value: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(value, { minLength, maxLength });
const distinct = <T>(value: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.uniqueArray(value, { minLength, maxLength });

/** Usually there; half of the time, or as often as `there` in ten says. */
const maybe = <T>(value: fc.Arbitrary<T>, there = 5) =>
  fc.oneof({ arbitrary: value, weight: there }, { arbitrary: fc.constant(undefined), weight: 10 - there });

const namespace = one("shop", "pay");
const place = one("shop", "pay", ".", "*", "nowhere");
const app = one("web", "cart");
const version = one("v1", "v2");
const host = one(
  "web",
  "cart",
  "ghost",
  "web.shop.svc.cluster.local",
  "cart.pay.svc.cluster.local",
  "ghost.pay.svc.cluster.local",
  "web.shop",
  "api.example.com",
);
const publicHost = one("web.example.com", "cart.example.com", "*.example.com", "other.example.org");
const port = one(80, 443, 8080);

function object(
  apiVersion: string,
  kind: string,
  spec: fc.Arbitrary<Spec>,
  annotations: fc.Arbitrary<Record<string, string> | undefined> = fc.constant(undefined),
): fc.Arbitrary<KubernetesObject> {
  return fc
    .record({ name: one("one", "two", "three"), namespace, spec, annotations })
    .map(({ name, namespace, spec, annotations }) =>
      present({ apiVersion, kind, metadata: { name, namespace, annotations }, spec }),
    );
}

const networking = "networking.istio.io/v1";
const security = "security.istio.io/v1";
const selector = fc.record({ matchLabels: fc.oneof(fc.record({ app }), fc.record({ app, version })) });
const labels = fc.record({ labels: fc.record({ app: one("web", "cart", "ghost") }) });

const service = fc
  .record({
    name: app,
    namespace,
    app,
    ports: fc.uniqueArray(
      fc.record({
        name: one("http", "tcp-data", "grpc-api", "port", "admin"),
        protocol: fc.constant("TCP"),
        port,
        targetPort: one(8080, 9090),
      }),
      { minLength: 1, maxLength: 2, selector: (entry) => entry.port },
    ),
    exportTo: maybe(one(".", "*", "pay"), 1),
  })
  .map(({ name, namespace, app, ports, exportTo }) =>
    present({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace, annotations: exportTo && { "networking.istio.io/exportTo": exportTo } },
      spec: { selector: { app }, ports },
    }),
  );

const workload = fc
  .record({
    app,
    version,
    namespace,
    inject: maybe(one("true", "false"), 2),
    annotation: maybe(
      one(
        ["sidecar.istio.io/inject", "true"],
        ["sidecar.istio.io/proxyCPU", "much"],
        ["sidecar.istio.io/proxyCPUs", "1"],
        ["networking.istio.io/exportTo", "."],
        ["traffic.sidecar.istio.io/includeInboundPorts", "8080"],
      ),
      2,
    ),
    user: maybe(one(1337, 1000), 2),
    proxy: maybe(fc.constant({ name: "istio-proxy", image: "auto" }), 2),
  })
  .map(({ app, version, namespace, inject, annotation, user, proxy }) => {
    const metadata = {
      labels: { app, version, ...(inject !== undefined && { "sidecar.istio.io/inject": inject }) },
      annotations: annotation && { [annotation[0] ?? ""]: annotation[1] ?? "" },
    };
    const image = "registry.example.com/app:1";
    const container = { name: "app", image, securityContext: user && { runAsUser: user } };
    const containers = [container, ...(proxy ? [proxy] : [])];
    return { name: `${app}-${version}`, namespace, metadata, spec: { containers } };
  });

const pod = workload.map(({ name, namespace, metadata, spec }) =>
  present({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace, ...metadata }, spec }),
);

const deployment = workload.map(({ name, namespace, metadata, spec }) =>
  present({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { selector: { matchLabels: metadata.labels }, template: { metadata, spec } },
  }),
);

const destination = fc
  .record({ host, subset: maybe(one("v1", "v2", "v3"), 4), port: maybe(port, 4) })
  .map(({ port, ...rest }) => ({ ...rest, port: port && { number: port } }));

const match = fc.record({
  uri: maybe(one({ prefix: "/" }, { prefix: "/api" }, { prefix: "/api/v1" }, { exact: "/api" }, { regex: "/a.*" }), 8),
  method: maybe(one({ exact: "GET" }), 2),
  headers: maybe(one({ end: { exact: "tester" } }, { "@request.auth.claims.group": { exact: "admin" } }), 2),
});

const route = fc.oneof(
  destination.map((destination) => [{ destination }]),
  fc
    .tuple(destination, destination, one([90, 10], [50, 20], [0, 0]))
    .map(([a, b, [x, y]]) => [a, b].map((destination, index) => ({ destination, weight: index === 0 ? x : y }))),
);

const virtualService = object(
  networking,
  "VirtualService",
  fc.oneof(
    fc.record({
      hosts: distinct(publicHost, 1, 2),
      gateways: distinct(one("edge/public", "one", "two", "shop/one", "mesh", "nowhere/one"), 1, 2),
      http: list(fc.record({ match: maybe(list(match, 1, 2), 7), route }), 1, 3),
    }),
    fc.record({
      hosts: list(host, 1, 1),
      exportTo: maybe(list(place, 1, 1), 2),
      http: list(fc.record({ match: maybe(list(match, 1, 2)), route, mirror: maybe(destination, 1) }), 1, 3),
    }),
  ),
);

const clientTls = one(
  { mode: "SIMPLE" },
  { mode: "SIMPLE", caCertificates: "/etc/ca.pem" },
  { mode: "SIMPLE", credentialName: "ca" },
  { mode: "MUTUAL", clientCertificate: "/etc/client.pem", privateKey: "/etc/client.key" },
  { mode: "ISTIO_MUTUAL" },
  { mode: "DISABLE" },
);

const destinationRule = object(
  networking,
  "DestinationRule",
  fc.record({
    host,
    subsets: maybe(list(fc.record({ name: version, labels: fc.record({ version }) }), 1, 2), 8),
    exportTo: maybe(list(place, 1, 1), 2),
    workloadSelector: maybe(selector, 1),
    trafficPolicy: maybe(
      fc.oneof(
        fc.record({ tls: clientTls }),
        fc.record({
          portLevelSettings: list(fc.record({ port: port.map((number) => ({ number })), tls: clientTls }), 1, 1),
        }),
        fc.constant({ loadBalancer: { simple: "LEAST_CONN" } }),
      ),
      4,
    ),
  }),
);

const server = fc.oneof(
  fc.record({
    port: fc.record({ number: one(80, 8080), name: one("http", "other"), protocol: one("HTTP", "TCP") }),
    hosts: distinct(publicHost, 1, 2),
    tls: maybe(fc.constant({ httpsRedirect: true }), 1),
  }),
  fc.record({
    port: fc.constant({ number: 443, name: "https", protocol: "HTTPS" }),
    hosts: distinct(publicHost, 1, 2),
    tls: maybe(
      one(
        { mode: "SIMPLE", credentialName: "certificate" },
        { mode: "SIMPLE", credentialName: "half" },
        { mode: "SIMPLE", credentialName: "nothing" },
        { mode: "SIMPLE" },
        { mode: "PASSTHROUGH" },
      ),
      9,
    ),
  }),
);

const gateway = object(
  networking,
  "Gateway",
  fc.record({ selector: one({ istio: "edge" }, { istio: "edge" }, { istio: "none" }), servers: list(server, 1, 2) }),
);

const sidecar = object(
  networking,
  "Sidecar",
  fc.record({ workloadSelector: maybe(labels), egress: fc.constant([{ hosts: ["./*"] }]) }),
);

const serviceEntry = object(
  networking,
  "ServiceEntry",
  fc.record({
    hosts: list(one("api.example.com", "db.example.com"), 1, 1),
    ports: list(
      fc.record({ number: one(443, 3306), name: one("tls", "tcp"), protocol: one("TLS", "TCP", "HTTP") }),
      1,
      1,
    ),
    resolution: fc.constant("DNS"),
    exportTo: maybe(list(place, 1, 1), 3),
  }),
);

const envoyFilter = object(
  "networking.istio.io/v1alpha3",
  "EnvoyFilter",
  fc.record({
    priority: maybe(fc.constant(10), 2),
    workloadSelector: maybe(labels, 4),
    configPatches: list(
      fc.record({
        applyTo: one("HTTP_FILTER", "NETWORK_FILTER", "HTTP_ROUTE", "ROUTE_CONFIGURATION", "VIRTUAL_HOST", "CLUSTER"),
        match: maybe(fc.record({ proxy: fc.constant({ proxyVersion: "^1\\.31.*" }) }), 3),
        patch: fc.record({
          operation: one("ADD", "REMOVE", "REPLACE", "MERGE", "INSERT_BEFORE", "INSERT_FIRST"),
          value: fc.constant({ name: "x" }),
        }),
      }),
      1,
      2,
    ),
  }),
);

const peerAuthentication = object(
  security,
  "PeerAuthentication",
  fc.record({
    selector: maybe(selector),
    mtls: fc.record({ mode: one("STRICT", "PERMISSIVE", "DISABLE") }),
    portLevelMtls: maybe(fc.constant({ 8080: { mode: "DISABLE" } }), 2),
  }),
);

const authorizationPolicy = object(
  security,
  "AuthorizationPolicy",
  fc.record({
    selector: maybe(selector, 6),
    action: one("ALLOW", "DENY", "AUDIT"),
    rules: maybe(
      list(
        fc.record({ from: list(fc.record({ source: fc.record({ namespaces: distinct(place, 1, 2) }) }), 1, 1) }),
        1,
        1,
      ),
      8,
    ),
  }),
);

const requestAuthentication = object(
  security,
  "RequestAuthentication",
  fc.record({
    selector: maybe(one({ matchLabels: { istio: "edge" } }, { matchLabels: { app: "web" } }), 8),
    jwtRules: fc.constant([{ issuer: "https://id.example.com", jwksUri: "https://id.example.com/keys" }]),
  }),
);

const telemetry = object(
  "telemetry.istio.io/v1",
  "Telemetry",
  fc.record({ selector: maybe(selector), accessLogging: fc.constant([{ providers: [{ name: "envoy" }] }]) }),
);

const namespaceLabels = one<Readonly<Record<string, string>>>(
  { "istio-injection": "enabled" },
  { "istio-injection": "enabled" },
  { "istio-injection": "disabled" },
  {},
  { "istio.io/rev": "default" },
  { "istio-injection": "enabled", "istio.io/rev": "canary" },
  { "istio.io/dataplane-mode": "ambient" },
);

const namespaces = fc.tuple(namespaceLabels, namespaceLabels).map((both) =>
  ["shop", "pay"].map((name, index) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: both[index] },
  })),
);

const mesh = fc
  .record({
    namespaces,
    services: list(service, 2, 4),
    workloads: list(fc.oneof(pod, pod, deployment), 2, 5),
    routes: list(fc.oneof(virtualService, virtualService, destinationRule, gateway), 3, 8),
    others: list(
      fc.oneof(
        sidecar,
        serviceEntry,
        envoyFilter,
        peerAuthentication,
        authorizationPolicy,
        requestAuthentication,
        telemetry,
      ),
      2,
      6,
    ),
  })
  .map(({ namespaces, services, workloads, routes, others }) =>
    [namespaces, services, workloads, routes, others].flat(),
  );

/** A gateway, and certificates for it: one that only looks like one, and one without its key. */
const surroundings: readonly KubernetesObject[] = [
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "edge", labels: { "istio-injection": "enabled" } },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "edge", namespace: "edge", labels: { istio: "edge" } },
    spec: { containers: [{ name: "istio-proxy", image: "registry.example.com/istio/proxyv2:1.31.0" }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "edge", namespace: "edge" },
    spec: {
      selector: { istio: "edge" },
      ports: [
        { name: "http", protocol: "TCP", port: 80, targetPort: 80 },
        { name: "https", protocol: "TCP", port: 443, targetPort: 443 },
      ],
    },
  },
  ...[
    { name: "certificate", data: { "tls.crt": "bm9uZQ==", "tls.key": "bm9uZQ==" } },
    { name: "half", data: { "tls.crt": "bm9uZQ==" } },
  ].map(({ name, data }) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: "edge" },
    type: "Opaque",
    data,
  })),
  {
    apiVersion: networking,
    kind: "Gateway",
    metadata: { name: "public", namespace: "edge" },
    spec: {
      selector: { istio: "edge" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*.example.com"] }],
    },
  },
];

/** Without what is undefined, as JSON leaves it out. */
function present(value: object): KubernetesObject {
  return JSON.parse(JSON.stringify(value)) as KubernetesObject;
}

/** Of two objects that are the same one to the API server, the first. */
function unique(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const seen = new Map<string, KubernetesObject>();
  for (const object of objects) {
    const key = [object.kind, object.metadata.namespace, object.metadata.name].join("/");
    if (!seen.has(key)) seen.set(key, object);
  }
  return [...seen.values()];
}
