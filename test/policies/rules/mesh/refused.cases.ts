import { refused } from "../../../../policies/rules/mesh/refused";
import { cases, type Breaking, type Keeping } from "../../cases";
import type { Loose } from "../../stack";
import { adding } from "./drafts";

type Kind = Parameters<typeof adding>[0];

/** An object that istiod refuses, how, and what to do. */
function breaks(kind: Kind, spec: Loose, what: string, fix: string, more: Partial<Breaking> = {}): Breaking {
  return {
    change: keeps(kind, spec),
    finds: [`${kind} bookinfo/own: ${what}: istiod refuses it. ${fix}`],
    ...more,
  };
}

/** An object that istiod takes. */
function keeps(kind: Kind, spec: Loose): Keeping {
  return (stack) => {
    adding(kind)(stack, spec);
  };
}

const to = (host = "details"): Loose => [{ destination: { host } }];

/** A VirtualService with one HTTP route, to `details` unless it says otherwise. */
function http(route: Loose): Loose {
  const own = ["redirect", "directResponse", "delegate"].some((key) => key in route) ? {} : { route: to() };
  return { hosts: ["details"], http: [{ ...own, ...route }] };
}

const port = { number: 80, name: "http", protocol: "HTTP" };

function gateway(...servers: Loose[]): Loose {
  return { selector: { istio: "ingress" }, servers };
}

const entryPort = { number: 80, name: "http", protocol: "HTTP" };

const entry = (own: Loose): Loose => ({ hosts: ["api.example.org"], ports: [entryPort], resolution: "DNS", ...own });

const patch = { operation: "REMOVE" };

const retryFix =
  "Use some of 5xx, gateway-error, reset, reset-before-request, connect-failure, retriable-4xx, refused-stream, retriable-status-codes, retriable-headers, envoy-ratelimited, http3-post-connect-failure, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable, or a status.";

export default cases(refused, {
  breaks: {
    "a VirtualService for a URL": breaks(
      "VirtualService",
      { hosts: ["https://a.example.com"], http: [{ route: to() }] },
      'has the host "https://a.example.com", which is none',
      "Write a name, without a scheme, a port and a path.",
    ),
    "a VirtualService for every host of the mesh": breaks(
      "VirtualService",
      { hosts: ["*"], http: [{ route: to() }] },
      'has the host "*" for the mesh',
      "Name the hosts, or a Gateway, and that alone.",
    ),
    "a VirtualService for every host, of the mesh among others": breaks(
      "VirtualService",
      { hosts: ["*"], gateways: ["mesh", "istio-ingress/wildcard"], http: [{ route: to() }] },
      'has the host "*" for the mesh',
      "Name the hosts, or a Gateway, and that alone.",
    ),
    "a host beside a wildcard": breaks(
      "VirtualService",
      { hosts: ["a.example.com", "*.example.com"], gateways: ["istio-ingress/wildcard"], http: [{ route: to() }] },
      'has the hosts "a.example.com" and "*.example.com", which overlap',
      "Keep one, or make two VirtualServices.",
    ),
    "a VirtualService without routes": breaks(
      "VirtualService",
      { hosts: ["details"] },
      "has no routes",
      "Add http, tls or tcp.",
    ),
    "gateways without hosts": breaks(
      "VirtualService",
      { gateways: ["istio-ingress/wildcard"], http: [{ route: to() }] },
      "has gateways and no hosts, as one that others delegate to",
      "Add hosts, or take it out.",
    ),
    "a Gateway's name with a dot": breaks(
      "VirtualService",
      { hosts: ["details"], gateways: ["istio-ingress/wild.card"], http: [{ route: to() }] },
      'names the Gateway "istio-ingress/wild.card"',
      "Write NAMESPACE/NAME.",
    ),
    "a match for a Gateway without a name": breaks(
      "VirtualService",
      http({ match: [{ gateways: ["istio-ingress/"] }] }),
      'names the Gateway "istio-ingress/"',
      "Write NAMESPACE/NAME.",
    ),
    "an export to a namespace and to all": breaks(
      "VirtualService",
      { ...http({}), exportTo: ["*", "shop"] },
      'has "*" beside others in exportTo',
      "Keep it alone, or take it out.",
    ),
    "an export to its own namespace twice": breaks(
      "VirtualService",
      { ...http({}), exportTo: [".", "bookinfo"] },
      'names "bookinfo" twice in exportTo',
      "Take one out.",
    ),
    "an export to what is no namespace": breaks(
      "VirtualService",
      { ...http({}), exportTo: ["shop.svc"] },
      'exports to "shop.svc", which is no namespace',
      'Write a name, "." or "*".',
    ),
    "a route to nothing": breaks(
      "VirtualService",
      { hosts: ["details"], http: [{ name: "all" }] },
      'has a route "all" to nothing',
      "Add route, redirect or directResponse.",
    ),
    "a redirect with a destination": breaks(
      "VirtualService",
      http({ redirect: { uri: "/new" }, route: to() }),
      "has redirect and route in the route #1",
      "Keep one of them.",
    ),
    "a redirect with a rewrite": breaks(
      "VirtualService",
      http({ redirect: { uri: "/new" }, rewrite: { uri: "/old" } }),
      "has redirect and rewrite in the route #1",
      "Keep one of them.",
    ),
    "an answer with a destination": breaks(
      "VirtualService",
      http({ directResponse: { status: 503 }, route: to() }),
      "has directResponse and route in the route #1",
      "Keep one of them.",
    ),
    "a delegate with a destination": breaks(
      "VirtualService",
      { hosts: ["details"], http: [{ delegate: { name: "other" }, route: to() }] },
      "has delegate and route in the route #1",
      "Keep one of them.",
    ),
    "two ways to mirror": breaks(
      "VirtualService",
      http({ mirror: { host: "reviews" }, mirrors: [{ destination: { host: "reviews" } }] }),
      "has mirror and mirrors in the route #1",
      "Keep one of them.",
    ),
    "a redirect to nothing": breaks(
      "VirtualService",
      http({ redirect: { redirectCode: 301 } }),
      "redirects to nothing in the route #1",
      "Set uri, authority, scheme or port.",
    ),
    "a redirect with a status that is none": breaks(
      "VirtualService",
      http({ redirect: { uri: "/new", redirectCode: 200 } }),
      "redirects with the status 200",
      "Use one from 301 to 308.",
    ),
    "a redirect to another scheme": breaks(
      "VirtualService",
      http({ redirect: { scheme: "grpc" } }),
      'redirects to the scheme "grpc"',
      "Write http or https.",
    ),
    "a redirect to a path and a prefix": breaks(
      "VirtualService",
      http({ redirect: { uri: "/new", prefixRewrite: "/" } }),
      "has uri and prefixRewrite in a redirect",
      "Keep one of them.",
    ),
    "an empty rewrite": breaks(
      "VirtualService",
      http({ rewrite: {} }),
      "has an empty rewrite",
      "Set uri, uriRegexRewrite or authority.",
    ),
    "a rewrite in two ways": breaks(
      "VirtualService",
      http({ rewrite: { uri: "/", uriRegexRewrite: { match: "a", rewrite: "b" } } }),
      "has uri and uriRegexRewrite in a rewrite",
      "Keep one of them.",
    ),
    "fewer tries than none": breaks(
      "VirtualService",
      http({ retries: { attempts: -1 } }),
      "tries -1 times again",
      "Write 0 or more.",
    ),
    "retries without attempts": breaks(
      "VirtualService",
      http({ retries: { perTryTimeout: "1s" } }),
      "sets perTryTimeout for retries and no attempts",
      "Set attempts, or take it out.",
    ),
    "retries on what is no condition": breaks(
      "VirtualService",
      http({ retries: { attempts: 2, retryOn: "5xx,timeout" } }),
      'retries on "timeout", which is no condition',
      retryFix,
    ),
    "no time for a try": breaks(
      "VirtualService",
      http({ retries: { attempts: 2, perTryTimeout: "0s" } }),
      'has spec.http[0].retries.perTryTimeout "0s"',
      "Leave it out where there is no limit.",
    ),
    "a timeout finer than a millisecond": breaks(
      "VirtualService",
      http({ timeout: "0.0015s" }),
      'has spec.http[0].timeout "0.0015s"',
      'Write e.g. "10s" or "250ms".',
    ),
    "a fault that does nothing": breaks(
      "VirtualService",
      http({ fault: {} }),
      "has a fault that does nothing",
      "Add abort or delay, or take it out.",
    ),
    "an empty prefix of a header": breaks(
      "VirtualService",
      http({ match: [{ headers: { "x-user": { prefix: "" } } }] }),
      "has an empty prefix for headers",
      "Write one, or take it out.",
    ),
    "a regex with a lookahead": breaks(
      "VirtualService",
      http({ match: [{ uri: { regex: "/(?!admin).*" } }] }),
      "has a regex for uri that istiod can't read",
      "Write one of RE2's, 1024 characters at most.",
    ),
    "a match for a port that is none": breaks(
      "VirtualService",
      http({ match: [{ port: 70000 }] }),
      "has the port 70000",
      "Write a number from 1 to 65535.",
    ),
    "any host for a destination": breaks(
      "VirtualService",
      { hosts: ["details"], http: [{ route: to("*") }] },
      'has the destination "*", which is no host',
      "Write a Service's name.",
    ),
    "a mirror to a URL": breaks(
      "VirtualService",
      http({ mirror: { host: "http://reviews" } }),
      'has the destination "http://reviews", which is no host',
      "Write a Service's name.",
    ),
    "a destination's subset that is no label": breaks(
      "VirtualService",
      { hosts: ["details"], http: [{ route: [{ destination: { host: "details", subset: "v1.0" } }] }] },
      'has the subset "v1.0"',
      "Use letters, digits and hyphens, 63 characters at most.",
    ),
    "a TCP route to nothing": breaks(
      "VirtualService",
      { hosts: ["details"], tcp: [{ match: [{ port: 27017 }] }] },
      "has a tcp route #1 to nothing",
      "Add a destination.",
    ),
    "a TLS route without a match": breaks(
      "VirtualService",
      { hosts: ["a.example.com"], gateways: ["istio-ingress/wildcard"], tls: [{ match: [], route: to() }] },
      "has a tls route #1 without a match",
      "Add match with sniHosts.",
    ),
    "a TLS route for another host": breaks(
      "VirtualService",
      {
        hosts: ["a.example.com"],
        gateways: ["istio-ingress/wildcard"],
        tls: [{ match: [{ port: 443, sniHosts: ["b.example.com"] }], route: to() }],
      },
      'has "b.example.com" in sniHosts, which none of its hosts covers',
      "Add it to hosts.",
    ),

    "a Gateway without servers": breaks("Gateway", gateway(), "has no servers", "Add one, or delete it."),
    "a Gateway's name with a dot in it": {
      change: (stack) => {
        adding("Gateway")(stack, gateway({ port, hosts: ["a.example.com"] }), { name: "wild.card" });
      },
      finds: [
        "Gateway bookinfo/wild.card: has a name that is no DNS label: istiod refuses it. Use letters, digits and hyphens, and no dot.",
      ],
    },
    "two servers with one port name": breaks(
      "Gateway",
      gateway({ port, hosts: ["a.example.com"] }, { port: { ...port, number: 8080 }, hosts: ["b.example.com"] }),
      'has two servers with the port name "http"',
      "Give each a name of its own.",
    ),
    "a server without hosts": breaks(
      "Gateway",
      gateway({ port, hosts: [] }),
      "has a server without hosts",
      'Name one, or "*".',
    ),
    "a server with a short host": breaks(
      "Gateway",
      gateway({ port, hosts: ["shop"] }),
      'has the host "shop", a short name',
      'Write the full name, e.g. "web.example.com".',
    ),
    "a server with a host in what is no namespace": breaks(
      "Gateway",
      gateway({ port, hosts: ["shop.svc/a.example.com"] }),
      'has the host "shop.svc/a.example.com", whose namespace is none',
      'Write "NAMESPACE/HOST", or the host alone.',
    ),
    "a server with a wildcard in a label": breaks(
      "Gateway",
      gateway({ port, hosts: ["*-shop.example.com"] }),
      'has the host "*-shop.example.com", which is none',
      'Write a name, or "*." before one.',
    ),
    "a server's port that is none": breaks(
      "Gateway",
      gateway({ port: { ...port, number: 0 }, hosts: ["a.example.com"] }),
      "has the port 0",
      "Write a number from 1 to 65535.",
    ),
    "a server's port without a name": breaks(
      "Gateway",
      gateway({ port: { ...port, name: "" }, hosts: ["a.example.com"] }),
      "has a port without a name",
      "Give it one.",
    ),
    "a server's protocol that is none": breaks(
      "Gateway",
      gateway({ port: { ...port, protocol: "HTTP3" }, hosts: ["a.example.com"] }),
      'has the protocol "HTTP3"',
      "Write one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS, MYSQL, UDP.",
    ),
    "a server's targetPort": breaks(
      "Gateway",
      gateway({ port: { ...port, targetPort: 8080 }, hosts: ["a.example.com"] }),
      "has a targetPort, which means nothing on a Gateway",
      "Take it out.",
    ),

    "a DestinationRule for a URL": breaks(
      "DestinationRule",
      { host: "http://details" },
      'has the host "http://details", which is none',
      "Write a Service's name.",
    ),
    "a subset's name that is no label": breaks(
      "DestinationRule",
      { host: "details", subsets: [{ name: "v1.0", labels: { version: "v1" } }] },
      'has the subset "v1.0"',
      "Use letters, digits and hyphens, 63 characters at most.",
    ),
    "an empty traffic policy": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: {} },
      "has a traffic policy without anything in it",
      "Add one of outlierDetection, connectionPool, loadBalancer, tls, portLevelSettings, tunnel, proxyProtocol, retryBudget, or take it out.",
    ),
    "a port's settings without a port": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { portLevelSettings: [{ tls: { mode: "DISABLE" } }] } },
      "has settings for no port",
      "Add port with a number.",
    ),
    "a tunnel with PROXY protocol": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: { tunnel: { targetHost: "a.example.com", targetPort: 443 }, proxyProtocol: { version: "V1" } },
      },
      "has tunnel and proxyProtocol in one traffic policy",
      "Keep one of them.",
    ),
    "an empty connection pool": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { connectionPool: {} } },
      "has a connection pool without anything in it",
      "Add http or tcp, or take it out.",
    ),
    "fewer connections than none": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { connectionPool: { tcp: { maxConnections: -1 } } } },
      "has maxConnections -1",
      "Write 0 or more.",
    ),
    "more pods ejected than all": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { outlierDetection: { maxEjectionPercent: 101 } } },
      "has maxEjectionPercent 101",
      "Write a number from 0 to 100.",
    ),
    "local failures that aren't split": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 5 } } },
      "counts consecutiveLocalOriginFailures and doesn't split them from others",
      "Set splitExternalLocalOriginErrors: true.",
    ),
    "an ejection for no time": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { outlierDetection: { baseEjectionTime: "0s" } } },
      'has spec.trafficPolicy.outlierDetection.baseEjectionTime "0s"',
      "Leave it out where there is no limit.",
    ),
    "a Maglev table of no prime size": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: {
          loadBalancer: { consistentHash: { httpHeaderName: "x-user", maglev: { tableSize: 65536 } } },
        },
      },
      "has a Maglev table of 65536",
      "Write a prime number below 5000011, e.g. 65537.",
    ),
    "chosen workloads and an export": breaks(
      "DestinationRule",
      { host: "details", workloadSelector: { matchLabels: { app: "productpage" } }, exportTo: ["*"] },
      "selects workloads and is exported to other namespaces",
      'Write exportTo: ["."].',
    ),

    "a ServiceEntry for every host": breaks(
      "ServiceEntry",
      entry({ hosts: ["*"], resolution: "NONE" }),
      'has the host "*"',
      'Write a name, or "*." before one.',
    ),
    "a name among addresses": breaks(
      "ServiceEntry",
      entry({ addresses: ["api.example.org"] }),
      'has the address "api.example.org", which is none',
      "Write e.g. 10.0.0.1 or 10.0.0.0/8.",
    ),
    "endpoints and a selector": breaks(
      "ServiceEntry",
      entry({
        resolution: "STATIC",
        endpoints: [{ address: "10.0.0.1" }],
        workloadSelector: { labels: { app: "details" } },
      }),
      "has endpoints and a workloadSelector",
      "Keep one of them.",
    ),
    "two ports of one number": breaks(
      "ServiceEntry",
      entry({ ports: [entryPort, { ...entryPort, name: "other" }] }),
      "has two ports 80",
      "Give each a name and a number of its own.",
    ),
    "a port's name with an underscore": breaks(
      "ServiceEntry",
      entry({ ports: [{ ...entryPort, name: "http_api" }] }),
      'has the port name "http_api"',
      "Use letters, digits and hyphens.",
    ),
    "endpoints that nobody resolves": breaks(
      "ServiceEntry",
      entry({ resolution: "NONE", endpoints: [{ address: "10.0.0.1" }] }),
      "has endpoints and the resolution NONE",
      "Set resolution: STATIC, or DNS.",
    ),
    "a wildcard to look up": breaks(
      "ServiceEntry",
      entry({ hosts: ["*.example.org"] }),
      'has the host "*.example.org", which no name server can look up (resolution DNS)',
      "Name each host, add endpoints, or set resolution: NONE.",
    ),
    "two endpoints where one is asked for": breaks(
      "ServiceEntry",
      entry({
        resolution: "DNS_ROUND_ROBIN",
        endpoints: [{ address: "a.example.org" }, { address: "b.example.org" }],
      }),
      "has 2 endpoints and the resolution DNS_ROUND_ROBIN",
      "Keep one, or set resolution: DNS.",
    ),
    "a range of addresses to look up": breaks(
      "ServiceEntry",
      entry({ addresses: ["10.0.0.0/8"] }),
      "has a range of addresses and the resolution DNS",
      "Set resolution: NONE.",
    ),
    "two hosts on a TCP port": breaks(
      "ServiceEntry",
      entry({
        hosts: ["a.example.org", "b.example.org"],
        addresses: ["10.0.0.1"],
        ports: [{ number: 5432, name: "tcp", protocol: "TCP" }],
      }),
      "has several hosts and a port of protocol TCP, where nothing tells them apart",
      "Write a ServiceEntry for each, or set resolution: NONE.",
    ),
    "a static endpoint with a name": breaks(
      "ServiceEntry",
      entry({ resolution: "STATIC", endpoints: [{ address: "a.example.org" }] }),
      'has the endpoint "a.example.org" and the resolution STATIC',
      "Set resolution: DNS.",
    ),
    "an endpoint for a URL": breaks(
      "ServiceEntry",
      entry({ endpoints: [{ address: "http://a.example.org" }] }),
      'has the endpoint "http://a.example.org"',
      "Write a name or an IP address.",
    ),
    "an endpoint's port of another name": breaks(
      "ServiceEntry",
      entry({ endpoints: [{ address: "a.example.org", ports: { https: 443 } }] }),
      'has an endpoint\'s port "https", which none of its ports is',
      "Use a port's name.",
    ),

    "a Sidecar that says nothing": breaks(
      "Sidecar",
      {},
      "says nothing",
      "Add egress, ingress or outboundTrafficPolicy, or delete it.",
    ),
    "an import without a namespace": breaks(
      "Sidecar",
      { egress: [{ hosts: ["details.bookinfo.svc.cluster.local"] }] },
      'imports "details.bookinfo.svc.cluster.local"',
      'Write NAMESPACE/HOST, "./HOST" for its own, "*/HOST" for any.',
    ),
    "an import by a short name": breaks(
      "Sidecar",
      { egress: [{ hosts: ["./details"] }] },
      'imports "./details"',
      'Write the full name: "./details.NAMESPACE.svc.cluster.local".',
    ),
    "a listener for all ports before another": breaks(
      "Sidecar",
      { egress: [{ hosts: ["./*"] }, { port, hosts: ["istio-system/*"] }] },
      "has an egress listener without a port before others",
      "Write it last, and only one.",
    ),
    "two listeners for one port": breaks(
      "Sidecar",
      {
        egress: [
          { port, hosts: ["./*"] },
          { port: { ...port, name: "other" }, hosts: ["istio-system/*"] },
        ],
      },
      "has two listeners for the port 80",
      "Make them one.",
    ),
    "a listener without hosts": breaks(
      "Sidecar",
      { egress: [{ hosts: [] }] },
      "has an egress listener without hosts",
      'Name one, e.g. "./*".',
    ),

    "an EnvoyFilter's patch that does nothing": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER" }] },
      "has a patch that does nothing",
      "Add patch.",
    ),
    "an EnvoyFilter's patch that applies to nothing": breaks(
      "EnvoyFilter",
      { configPatches: [{ patch }] },
      "has a patch that applies to nothing",
      "Set applyTo.",
    ),
    "an EnvoyFilter's patch without an operation": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", patch: { value: {} } }] },
      "has a patch without an operation",
      "Set operation, e.g. MERGE.",
    ),
    "an EnvoyFilter with nothing to merge": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "MERGE" } }] },
      "has nothing to MERGE",
      "Add value.",
    ),
    "an EnvoyFilter's match of another kind": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", match: { listener: { portNumber: 80 } }, patch }] },
      "applies to CLUSTER and matches by listener",
      "Match by cluster.",
    ),

    "a policy with a selector and targetRefs": breaks(
      "AuthorizationPolicy",
      {
        selector: { matchLabels: { app: "details" } },
        targetRefs: [{ kind: "Service", group: "", name: "details" }],
        rules: [{}],
      },
      "has a selector and targetRefs",
      "Keep one of them.",
    ),
  },
  keeps: {
    "a VirtualService for every host of a gateway": keeps("VirtualService", {
      hosts: ["*"],
      gateways: ["istio-ingress/wildcard"],
      http: [{ route: to() }],
    }),
    "a VirtualService for an address": keeps("VirtualService", {
      hosts: ["10.1.2.3"],
      tcp: [{ route: to() }],
    }),
    "a VirtualService that others delegate to": keeps("VirtualService", { http: [{ route: to() }] }),
    "hosts that don't overlap": keeps("VirtualService", {
      hosts: ["example.com", "*.example.com"],
      gateways: ["istio-ingress/wildcard"],
      http: [{ route: to() }],
    }),
    "a Gateway of its own namespace": keeps("VirtualService", {
      hosts: ["a.example.com"],
      gateways: ["own"],
      http: [{ route: to() }],
    }),
    "a redirect": keeps("VirtualService", http({ redirect: { authority: "b.example.com", redirectCode: 308 } })),
    "an answer": keeps("VirtualService", http({ directResponse: { status: 503 } })),
    "retries, in every way": keeps(
      "VirtualService",
      http({ timeout: "10s", retries: { attempts: 2, perTryTimeout: "250ms", retryOn: "5xx,reset,429" } }),
    ),
    "retries turned off": keeps("VirtualService", http({ retries: { attempts: 0 } })),
    "a header that is there": keeps("VirtualService", http({ match: [{ headers: { "x-user": {} } }] })),
    "a header that isn't there": keeps(
      "VirtualService",
      http({ match: [{ withoutHeaders: { "x-user": { regex: "*" } } }] }),
    ),
    "every path": keeps("VirtualService", http({ match: [{ uri: { prefix: "" } }] })),
    "a TLS route under a wildcard": keeps("VirtualService", {
      hosts: ["*.example.com"],
      gateways: ["istio-ingress/wildcard"],
      tls: [{ match: [{ port: 443, sniHosts: ["b.example.com", "*.shop.example.com"] }], route: to() }],
    }),
    "a Gateway with hosts in many ways": keeps(
      "Gateway",
      gateway(
        { port, hosts: ["./a.example.com", "*/b.example.com", "shop/*.example.com"] },
        { port: { ...port, number: 8080, name: "other", protocol: "grpc" }, hosts: ["*", "10.1.2.3"] },
      ),
    ),
    "a DestinationRule with settings of all kinds": keeps("DestinationRule", {
      host: "*.bookinfo.svc.cluster.local",
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 1, connectTimeout: "30ms" }, http: { idleTimeout: "1m" } },
        outlierDetection: { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true, interval: "10s" },
        loadBalancer: { consistentHash: { httpHeaderName: "x-user", maglev: { tableSize: 65537 } } },
        portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }],
      },
      subsets: [{ name: "v1", labels: { version: "v1" } }],
    }),
    "chosen workloads in their namespace": keeps("DestinationRule", {
      host: "details",
      workloadSelector: { matchLabels: { app: "productpage" } },
      exportTo: ["."],
    }),
    "a ServiceEntry for a name": keeps("ServiceEntry", entry({ exportTo: ["~"] })),
    "a ServiceEntry for a wildcard": keeps("ServiceEntry", entry({ hosts: ["*.example.org"], resolution: "NONE" })),
    "a ServiceEntry with endpoints": keeps(
      "ServiceEntry",
      entry({ endpoints: [{ address: "a.example.org", ports: { http: 8080 } }, { address: "10.0.0.1" }] }),
    ),
    "a ServiceEntry for a range": keeps("ServiceEntry", entry({ addresses: ["10.0.0.0/8"], resolution: "NONE" })),
    "a Sidecar that imports in many ways": keeps("Sidecar", {
      egress: [{ port, hosts: ["istio-system/*"] }, { hosts: ["./*", "*/api.example.org", "~shop/*"] }],
    }),
    "a Sidecar's mode alone": keeps("Sidecar", { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } }),
    "an EnvoyFilter's patch": keeps("EnvoyFilter", {
      configPatches: [{ applyTo: "CLUSTER", match: { cluster: { name: "a" } }, patch }],
    }),
    "a policy with a selector": keeps("AuthorizationPolicy", {
      selector: { matchLabels: { app: "details" } },
      rules: [{}],
    }),
  },
});
