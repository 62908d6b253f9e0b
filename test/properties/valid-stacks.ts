import fc from "fast-check";

/** Names that may stand in one stack together: few, so that applications share namespaces and services collide. */
const names = ["cart", "checkout", "catalog", "search", "ratings", "web"] as const;
const versionNames = ["v1", "v2", "v3"] as const;

const duration = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map((seconds) => `${seconds}s`),
  fc.integer({ min: 1, max: 999 }).map((milliseconds) => `${milliseconds}ms`),
);

/** An object with any of these keys. */
function some(model: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(model, { requiredKeys: [] });
}

const network = fc.oneof(
  some({
    cidr: fc.constantFrom("10.0.0.0/16", "172.20.0.0/18", "192.168.0.0/20"),
    zones: fc.subarray(["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c", "ap-northeast-2d"], { minLength: 2 }),
    nat: fc.constantFrom("single", "perZone"),
    flowLogs: fc.record({ enabled: fc.boolean(), retentionDays: fc.constantFrom(7, 30, 365) }),
  }),
  fc.constant({
    existing: {
      vpcId: "vpc-0123456789abcdef0",
      privateSubnetIds: ["subnet-00000001", "subnet-00000002"],
      publicSubnetIds: ["subnet-00000003", "subnet-00000004"],
    },
  }),
);

const nodeGroup = fc
  .record({
    minSize: fc.integer({ min: 0, max: 3 }),
    more: fc.integer({ min: 1, max: 5 }),
    capacityType: fc.constantFrom("ON_DEMAND", "SPOT"),
    instanceTypes: fc.constantFrom(["m6i.large"], ["m7g.large", "c7gn.xlarge"]),
  })
  .map(({ minSize, more, ...rest }) => ({ ...rest, minSize, maxSize: minSize + more }));

const cluster = fc.record(
  {
    version: fc.constantFrom("1.33", "1.34", "1.35", "1.36"),
    publicAccessCidrs: fc.subarray(["203.0.113.0/24", "198.51.100.7/32"]),
    admins: fc.constantFrom({}, { platform: "arn:aws:iam::123456789012:role/platform" }),
    deletionProtection: fc.boolean(),
    networkPolicies: fc.boolean(),
    cniPermissions: fc.constantFrom("nodeRole", "podIdentity"),
    nodeGroups: fc.dictionary(fc.constantFrom("base", "spot"), nodeGroup, { minKeys: 1 }),
  },
  { requiredKeys: ["version"] },
);

const matchString = fc.oneof(
  fc.record({ exact: fc.string({ maxLength: 8 }) }),
  fc.record({ prefix: fc.string({ minLength: 1, maxLength: 8 }) }),
  fc.constant({ regex: "^[a-z]+$" }),
);

const match = some({
  uri: fc.constantFrom({ prefix: "/api" }, { exact: "/" }, { regex: "^/v[0-9]+/.*$" }),
  method: fc.constantFrom({ exact: "GET" }, { regex: "PUT|POST" }),
  headers: fc.dictionary(fc.constantFrom("end-user", "x-beta"), matchString, { minKeys: 1 }),
  cookies: fc.record({ session: matchString }),
  queryParams: fc.record({ debug: fc.record({ exact: fc.string({ maxLength: 5 }) }) }),
  sourceNamespace: fc.constantFrom("cart", "web"),
});

/** Routes with a condition each, all different, so that none shadows another. */
function routes(versions: readonly string[]): fc.Arbitrary<object[]> {
  const to =
    versions.length > 0
      ? fc.constantFrom<unknown>(...versions, { service: "elsewhere", port: 80 })
      : fc.constant<unknown>({ service: "elsewhere", port: 80 });
  const route = fc.oneof(
    fc.record({ match: fc.array(match, { minLength: 1, maxLength: 2 }), to }),
    fc.record({
      match: fc.array(match, { minLength: 1, maxLength: 2 }),
      redirect: fc.constant({ uri: "/login", redirectCode: 302 }),
    }),
  );
  return fc.uniqueArray(route, { maxLength: 3, selector: ({ match: conditions }) => JSON.stringify(conditions) });
}

const workload = some({
  replicas: fc
    .record({ min: fc.integer({ min: 1, max: 3 }), more: fc.integer({ min: 0, max: 3 }) })
    .map(({ min, more }) => ({ min, max: min + more })),
  env: fc.constantFrom({}, { MODE: "on", TOKEN: { secret: "tokens", key: "web" } }),
  readiness: fc.record({ path: fc.constant("/health") }),
  emptyDirs: fc.subarray(["/tmp", "/var/cache"]),
  inject: fc.boolean(),
});

/** Public names of an application, all different: the short form of one, or a list with names under other domains. */
function hosts(name: string, domains: readonly string[]): fc.Arbitrary<object> {
  const [first, ...further] = domains;
  const list = fc.subarray<unknown>(
    [
      name,
      `${name}-too`,
      { host: `${name}-again`, domain: first },
      ...further.map((domain) => ({ host: name, domain })),
      ...(name === "web" ? ["@", ...further.map((domain) => ({ host: "@", domain }))] : []),
    ],
    { minLength: 1 },
  );
  return fc.oneof(
    fc.constant({}),
    fc.constant({ host: name }),
    fc.constantFrom(...domains).map((domain) => ({ host: name, domain })),
    list.map((all) => ({ hosts: all })),
  );
}

const jwt = fc.constantFrom(
  [{ issuer: "https://id.example.org", audiences: ["shop"] }],
  [{ issuer: "shop", jwksUri: "https://id.example.org/keys" }, { issuer: "https://other.example.org" }],
);

/** A rule of who may call; `agreed` takes out callers whom the stack doesn't have. */
const accessRule = fc.oneof(
  some({
    from: fc.uniqueArray(
      fc.oneof(
        fc.record({ app: fc.constantFrom(...names) }),
        fc.record({ namespace: fc.constantFrom(...names) }),
        fc.record({ ip: fc.constantFrom<unknown>("203.0.113.0/24", ["198.51.100.7/32", "203.0.113.0/24"]) }),
        fc.constant({ principal: "cluster.local/ns/jobs/sa/*" }),
      ),
      { minLength: 1, maxLength: 2, selector: (source) => JSON.stringify(source) },
    ),
    methods: fc.constantFrom(["POST"], ["*"]),
    paths: fc.subarray(["/pay", "/api/*", "*/health", "/users/{*}/cart"], { minLength: 1 }),
    when: fc.constant([{ key: "request.headers[x-tier]", notValues: ["free"] }]),
  }),
  fc.record({ action: fc.constantFrom("DENY", "AUDIT"), from: fc.constant([{ ip: "198.51.100.0/24" }]) }),
  fc.constant({ action: "CUSTOM", provider: "opa", paths: ["/admin/*"] }),
);

/** Rules that let in what comes through gateways, and others beside them. */
const access = fc.array(accessRule, { maxLength: 2 }).map((rules) => [{ paths: ["/"] }, ...rules]);

const calls = fc.uniqueArray<unknown, string>(
  fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom<unknown>({ external: "bank" }, { external: "ledger" }, { service: "elsewhere" }),
  ),
  { maxLength: 3, selector: (call) => JSON.stringify(call) },
);

/** What all stacks have that applications may call or ask. */
const external = fc.constantFrom(
  {
    bank: { hosts: ["bank.test"], port: 80, protocol: "http", tls: "originate" },
    ledger: { hosts: ["ledger.test"], port: 5432, protocol: "tcp", addresses: ["192.0.2.10"] },
  },
  {
    bank: { hosts: ["bank.test", "*.bank.test"], port: 443, protocol: "tls" },
    ledger: { hosts: ["*.ledger.test"], port: 80, protocol: "http", tls: "originate" },
  },
);

const providers = fc.constantFrom(
  { opa: { envoyExtAuthzGrpc: { service: "opa.opa-system.svc.cluster.local", port: 9191 } } },
  { opa: { envoyExtAuthzHttp: { service: "opa.opa-system.svc.cluster.local", port: 8080, pathPrefix: "/check" } } },
);

function app(name: string, domains: readonly string[]): fc.Arbitrary<[string, object]> {
  return fc.subarray([...versionNames]).chain((versions) =>
    fc
      .record(
        {
          names: hosts(name, domains),
          namespace: fc.constantFrom(...names),
          port: fc.integer({ min: 1, max: 65535 }),
          protocol: fc.constantFrom("http", "http2", "grpc"),
          versions: fc.constant(
            Object.fromEntries(
              versions.map((version, index) => [
                version,
                { weight: index === 0 ? 100 - 10 * (versions.length - 1) : 10 },
              ]),
            ),
          ),
          routes: routes(versions),
          timeout: duration,
          loadBalancer: fc.constantFrom({ simple: "RANDOM" }, { consistentHash: { useSourceIp: true } }),
          outlierDetection: some({
            consecutive5xxErrors: fc.nat(9),
            interval: duration,
            minHealthPercent: fc.integer({ min: 0, max: 100 }),
          }),
          jwt,
          access,
          calls,
          connectionPool: fc.constantFrom({ tcp: { maxConnections: 10 } }, { http: { http1MaxPendingRequests: 5 } }),
          workload: workload.map((settings) => ({ ...settings, image: "registry.example.com/app:1.0.0" })),
        },
        { requiredKeys: ["namespace", "port", "names"] },
      )
      .map(({ names: own, ...settings }): [string, object] => [name, { ...settings, ...own }]),
  );
}

interface Agreeing {
  readonly access?: readonly { readonly from?: readonly object[] }[];
  readonly calls?: readonly unknown[];
  readonly jwt?: unknown;
  readonly workload?: { readonly inject?: boolean };
}

/** Applications that name each other only where they are there, and can be recognized. */
function agreed(apps: readonly (readonly [string, object])[]): Record<string, object> {
  const all = new Map<string, Agreeing>(apps);
  const inMesh = (name: string) => all.has(name) && all.get(name)?.workload?.inject !== false;
  const isKnown = (source: object) => !("app" in source) || inMesh(String(source.app));
  return Object.fromEntries(
    [...all].map(([name, { access: rules, calls: called, jwt: issuers, ...rest }]) => [
      name,
      inMesh(name)
        ? {
            ...rest,
            ...(issuers !== undefined && { jwt: issuers }),
            ...(rules && { access: rules.filter(({ from }) => from === undefined || from.every(isKnown)) }),
            ...(called && {
              calls: called.filter((call) => call !== name && (typeof call !== "string" || all.has(call))),
            }),
          }
        : rest,
    ]),
  );
}

/** What AWS takes in a tag, and the load balancer controller's chart. */
const tagValue = fc
  .string({
    unit: fc.constantFrom("a", "Z", "0", " ", "_", ".", ":", "/", "=", "+", "-", "@", "é", "플"),
    maxLength: 10,
  })
  .filter((value) => !/:( |$)/.test(value));

const gateway = some({
  scheme: fc.constantFrom("internet-facing", "internal"),
  namespaces: fc.constant([...names, "others"]),
  sourceRanges: fc.constant(["203.0.113.0/24"]),
  deletionProtection: fc.boolean(),
});

const zone = fc.constantFrom({ create: true }, { id: "Z0123456789ABCDEFGHIJ" });

/** The names and places of two gateways: by their keys, given, or in one namespace. */
const places = fc.constantFrom(
  [{}, {}],
  [{ name: "front" }, { namespace: "edge" }],
  [{ namespace: "edge" }, { namespace: "edge", name: "istio-inside" }],
);

interface Ways {
  readonly domain: object;
  readonly gateways: object;
  /** The domains' names, the first one first. */
  readonly domains: readonly string[];
}

/** Domains and the gateways that serve them: one and one, two and one, or two and two. */
const ways: fc.Arbitrary<Ways> = fc
  .record({
    zone: fc.oneof(zone, fc.constant({ name: "example.com" })),
    further: fc.record({ name: fc.constantFrom("example.org", "corp.example.com"), zone }),
    gateway,
    second: gateway,
    places,
    keys: fc.constantFrom(["public", "internal"] as const, ["edge", "default"] as const),
    kind: fc.constantFrom("one", "two domains", "two gateways"),
  })
  .map(({ zone: own, further, gateway: only, second, places: [here, there], keys: [first, other], kind }) => {
    const domain = { name: "example.com", zone: own };
    if (kind === "one") return { domain, gateways: { default: only }, domains: [domain.name] };
    const domains = [domain.name, further.name];
    if (kind === "two domains")
      return { domain: { ...domain, additional: [further] }, gateways: { default: only }, domains };
    return {
      domain: { ...domain, gateway: first, additional: [{ ...further, gateway: other }] },
      gateways: { [first]: { ...only, ...here }, [other]: { ...second, ...there } },
      domains,
    };
  });

/** What stands under `config:` in any stack file that is valid. */
export const validStack: fc.Arbitrary<Record<string, unknown>> = ways
  .chain(({ domains, ...edge }) =>
    fc.record({
      edge: fc.constant(edge),
      network,
      cluster,
      mtls: fc.constantFrom(
        {},
        { mode: "PERMISSIVE" },
        { overrides: { metrics: { namespace: "web", selector: { app: "web" }, ports: { "9090": "DISABLE" } } } },
      ),
      revision: fc.constantFrom(undefined, "canary"),
      reach: some({
        access: fc.record({ default: fc.constantFrom("allow", "dryRun", "deny") }),
        outboundTrafficPolicy: fc.constantFrom("ALLOW_ANY", "REGISTRY_ONLY"),
      }),
      providers,
      external,
      apps: fc.subarray([...names]).chain((chosen) => fc.tuple(...chosen.map((name) => app(name, domains)))),
      tags: fc.dictionary(fc.constantFrom("team", "cost"), tagValue),
    }),
  )
  .map(({ edge, mtls, revision, reach, providers: asked, apps, ...sections }) => ({
    "aws:region": "ap-northeast-2",
    "eks-istio:mesh": { mtls, ...reach, providers: asked, ...(revision && { revision }) },
    "eks-istio:apps": agreed(apps),
    ...Object.fromEntries(
      Object.entries({ ...edge, ...sections }).map(([name, section]) => [`eks-istio:${name}`, section]),
    ),
  }));
