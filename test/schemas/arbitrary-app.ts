import fc from "fast-check";

/*
 * Applications as a stack file could have them, valid by construction: weights add up to 100, versions exist, the
 * catch-all route is last, timeouts hold their retries, and no two routes have the same conditions.
 */

/** Some of the keys of an object, each as its arbitrary gives it. */
function some<T extends object>(keys: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(keys, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

/** At least one of the keys, as Istio refuses some objects that are empty. */
function any<T extends object>(keys: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<Partial<T>> {
  return some(keys).filter((value) => Object.keys(value).length > 0);
}

const text = fc.constantFrom("checkout", "a.b", "x-1", "(", "é", "1");
const port = fc.integer({ min: 1, max: 65535 });
const percent = fc.integer({ min: 0, max: 100 });
const period = fc.constantFrom("1s", "5s", "1m30s", "1h");
const map = fc.dictionary(fc.constantFrom("x-a", "x-b", "x-c"), fc.constantFrom("1", "on", "a b"), { maxKeys: 2 });

const regex = fc.constantFrom("[0-9]+", "a|b", "(?i)admin.*");
const stringMatch = fc.oneof(fc.record({ exact: text }), fc.record({ prefix: text }), fc.record({ regex }));
const uriMatch = fc.oneof(
  fc.record({ exact: fc.constantFrom("/", "/a b") }),
  fc.record({ prefix: fc.constant("/api") }),
  fc.record({ regex: fc.constant("/v[0-9]/.*") }),
);

const headerMatch = fc.oneof(stringMatch, fc.constant({}));

const match = some({
  uri: uriMatch,
  ignoreUriCase: fc.boolean(),
  method: stringMatch,
  authority: stringMatch,
  headers: fc.dictionary(fc.constantFrom("x-user", "x-group"), headerMatch, { minKeys: 1 }),
  withoutHeaders: fc.dictionary(fc.constantFrom("x-internal"), headerMatch, { minKeys: 1 }),
  cookies: fc.dictionary(fc.constantFrom("session", "a.b"), stringMatch, { minKeys: 1, maxKeys: 1 }),
  queryParams: fc.dictionary(fc.constantFrom("q"), fc.oneof(fc.record({ exact: text }), fc.record({ regex })), {
    minKeys: 1,
  }),
  port,
}).chain((conditions) =>
  fc.oneof(
    fc.constant({ ...conditions, gateways: ["default"] }),
    fc.constant({ ...conditions, gateways: ["default", "mesh"] }),
    fc.constant({ ...conditions, gateways: ["mesh"], scheme: { exact: "http" }, sourceLabels: { app: "caller" } }),
    fc.constant({ ...conditions, sourceNamespace: "other" }),
  ),
);

const headerOperations = some({ set: map, add: map, remove: fc.constant(["x-debug"]) });
const headers = some({ request: headerOperations, response: headerOperations });

const retries = fc.oneof(
  fc.record({ attempts: fc.constant(0) }),
  fc.record(
    {
      attempts: fc.integer({ min: 1, max: 5 }),
      perTryTimeout: fc.constantFrom("500ms", "2s"),
      retryOn: fc.constantFrom(["5xx", "503"], "5xx, 503"),
      retryRemoteLocalities: fc.boolean(),
    },
    { requiredKeys: ["attempts"] },
  ),
);
const timeout = fc.constantFrom("30s", "1m30s", "1h");

const share = fc.constantFrom(0.1, 10, 100);
const fault = any({
  delay: fc.record({ fixedDelay: period, percentage: share }, { requiredKeys: ["fixedDelay"] }),
  abort: fc.oneof(
    fc.record({ httpStatus: fc.constantFrom(418, 503), percentage: share }, { requiredKeys: ["httpStatus"] }),
    fc.record({ grpcStatus: fc.constant("UNAVAILABLE"), percentage: share }, { requiredKeys: ["grpcStatus"] }),
  ),
});

const action = (versions: readonly string[]) =>
  fc.oneof(
    fc.record(
      {
        redirect: any({
          uri: fc.constant("/new"),
          authority: fc.constant("www.example.com"),
          port,
          redirectCode: fc.constantFrom(301, 308),
        }).filter(({ uri, authority }) => Boolean(uri ?? authority)),
        headers,
      },
      { requiredKeys: ["redirect"] },
    ),
    some({
      to: destination(versions),
      rewrite: fc.oneof(
        any({ uri: fc.constant("/"), authority: fc.constant("inside") }),
        fc.record({ uriRegexRewrite: fc.constant({ match: "^/a/(.*)$", rewrite: "/\\1" }) }),
      ),
      corsPolicy: fc.record(
        {
          allowOrigins: fc.array(stringMatch, { minLength: 1, maxLength: 2 }),
          maxAge: period,
          allowCredentials: fc.boolean(),
        },
        { requiredKeys: ["allowOrigins"] },
      ),
      headers,
      timeout,
      retries,
      fault,
      mirror: fc.record({ service: fc.constant("audit"), percentage: share }, { requiredKeys: ["service"] }),
    }),
    fc.record(
      {
        directResponse: fc.record(
          { status: fc.integer({ min: 200, max: 599 }), body: text },
          { requiredKeys: ["status"] },
        ),
        headers,
      },
      { requiredKeys: ["directResponse"] },
    ),
  );

function destination(versions: readonly string[]): fc.Arbitrary<unknown> {
  const elsewhere = fc.record(
    { service: fc.constantFrom("orders", "items"), namespace: fc.constant("other"), port },
    { requiredKeys: ["service"] },
  );
  const split = fc
    .record({ weight: percent, one: elsewhere })
    .map(({ weight, one }) => [{ weight: 100 - weight }, { ...one, weight }]);
  return fc.oneof(elsewhere, split, ...(versions.length > 0 ? [fc.constantFrom(...versions)] : []));
}

const routes = (versions: readonly string[]) =>
  fc
    .record({
      matched: fc.array(
        fc.record({ match: fc.array(match, { minLength: 1, maxLength: 2 }), action: action(versions) }),
        { maxLength: 3 },
      ),
      last: fc.option(action(versions), { nil: undefined }),
    })
    .map(({ matched, last }) => [
      ...matched.map(({ match: conditions, action: what }, index) => ({
        name: `route-${index}`,
        match: conditions.map((each) => ({
          ...each,
          headers: { ...each.headers, "x-route": { exact: String(index) } },
        })),
        ...what,
      })),
      ...(last ? [last] : []),
    ]);

const loadBalancer = fc.oneof(
  fc.record({ simple: fc.constantFrom("ROUND_ROBIN", "LEAST_REQUEST", "RANDOM", "PASSTHROUGH") }),
  fc.record({
    simple: fc.constant("ROUND_ROBIN"),
    warmup: fc.record(
      { duration: period, minimumPercent: percent, aggression: fc.constant(1.5) },
      { requiredKeys: ["duration"] },
    ),
  }),
  fc.record({
    consistentHash: fc.oneof(
      fc.record({ httpHeaderName: fc.constant("x-user") }),
      fc.record({ useSourceIp: fc.constant(true), maglev: fc.constant({ tableSize: 1021 }) }),
      fc.record({ httpCookie: fc.constant({ name: "session", ttl: "1h" }) }),
    ),
  }),
  fc.record({ localityLbSetting: fc.record({ enabled: fc.constant(false) }) }),
);

const probe = fc.record(
  { path: fc.constant("/live"), port, period, timeout: period, failureThreshold: fc.integer({ min: 1, max: 9 }) },
  { requiredKeys: ["path"] },
);

const workload = fc
  .record({
    pods: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 3 })),
    rest: some({
      containerPort: port,
      command: fc.constant(["/bin/app"]),
      args: fc.constant(["-v"]),
      env: fc.dictionary(fc.constantFrom("A", "B"), fc.oneof(text, fc.constant({ secret: "keys", key: "a" }))),
      readiness: probe,
      liveness: probe,
      emptyDirs: fc.uniqueArray(fc.constantFrom("/tmp", "/var/cache")),
      serviceAccount: some({ name: fc.constant("identity"), annotations: map }),
    }),
    sidecar: fc.oneof(
      fc.constant({ inject: false }),
      fc.record({
        proxy: some({
          cpu: fc.constant("50m"),
          memory: fc.constant("64Mi"),
          concurrency: fc.integer({ min: 0, max: 4 }),
          drain: period,
          holdUntilReady: fc.boolean(),
        }),
      }),
    ),
  })
  .map(({ pods: [min, more], rest, sidecar }) => ({
    image: "registry.example.com/app:1",
    replicas: { min, max: min + more },
    ...rest,
    ...sidecar,
  }));

/** One application, as the stack file has it. */
export const arbitraryApp = fc
  .record({ versions: fc.constantFrom([], ["v1"], ["v1", "v2"]), share: percent, hosted: fc.boolean() })
  .chain(({ versions, share, hosted }) =>
    fc
      .record({
        port,
        protocol: fc.constantFrom("http", "http2", "grpc"),
        routes: routes(versions),
        rest: some({
          service: fc.constant("web"),
          timeout,
          retries,
          headers,
          loadBalancer,
          connectionPool: fc.oneof(
            fc.record({ tcp: any({ maxConnections: port, connectTimeout: period }) }),
            fc.record({ http: any({ http1MaxPendingRequests: port, idleTimeout: period }) }),
          ),
          outlierDetection: any({
            consecutive5xxErrors: percent,
            interval: period,
            maxEjectionPercent: percent,
            minHealthPercent: percent,
          }),
          tls: fc.record({ mode: fc.constantFrom("DISABLE", "SIMPLE", "ISTIO_MUTUAL") }),
          workload,
        }),
      })
      .map(({ routes: all, rest, ...always }) => ({
        ...always,
        ...rest,
        namespace: "shop",
        // An application without a host has no requests through the gateway.
        ...(hosted
          ? { host: "checkout", routes: all }
          : { routes: all.filter((route) => !JSON.stringify(route).includes('"default"')) }),
        versions: Object.fromEntries(
          versions.map((version, index) => [
            version,
            { weight: versions.length === 1 ? 100 : index === 0 ? share : 100 - share },
          ]),
        ),
      })),
  );
