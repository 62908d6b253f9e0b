import { refused } from "../../../../../policies/rules/istio/configuration/refused";
import { cases, type Breaking, type Keeping } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

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
const manager = "envoy.filters.network.http_connection_manager";

/** An EnvoyFilter that takes out what it matches in a listener. */
function filterPatch(filter: Loose, applyTo = "HTTP_FILTER"): Loose {
  return { configPatches: [{ applyTo, match: { listener: { filterChain: { filter } } }, patch }] };
}

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
    "a delegate without hosts": breaks(
      "VirtualService",
      { http: [{ delegate: { name: "other" } }] },
      "has a delegate and no hosts, as one that others delegate to",
      "Add hosts, or write the routes.",
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
      'Write e.g. "10s" or "250ms".',
    ),
    "a timeout finer than a millisecond": breaks(
      "VirtualService",
      http({ timeout: "0.0015s" }),
      'has spec.http[0].timeout "0.0015s"',
      'Write e.g. "10s" or "250ms".',
    ),
    "no time for a request": breaks(
      "VirtualService",
      http({ timeout: "0s" }),
      'has spec.http[0].timeout "0s"',
      "Leave it out for no limit.",
    ),
    "a regex that is too long": breaks(
      "VirtualService",
      http({ match: [{ uri: { regex: "é".repeat(600) } }] }),
      "has a regex of 1200 bytes for uri",
      "Write 1024 at most.",
    ),
    "retries on conditions with spaces": breaks(
      "VirtualService",
      http({ retries: { attempts: 2, retryOn: "5xx, reset" } }),
      'retries on " reset", which is no condition',
      "Leave the spaces out.",
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
      'has the regex "/(?!admin).*" for uri, which RE2 can\'t read',
      "Do without lookaround and back-references.",
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
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
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

    "a destination's port without a number": breaks(
      "VirtualService",
      { hosts: ["details"], http: [{ route: [{ destination: { host: "details", port: {} } }] }] },
      "has a destination's port without a number",
      "Add number.",
    ),
    "a negative weight": breaks(
      "VirtualService",
      {
        hosts: ["details"],
        http: [
          {
            route: [
              { destination: { host: "details" }, weight: -1 },
              { destination: { host: "reviews" }, weight: 101 },
            ],
          },
        ],
      },
      "has the weight -1",
      "Write 0 or more.",
    ),
    "a mirror of more than all": breaks(
      "VirtualService",
      http({ mirrors: [{ destination: { host: "reviews" }, percentage: { value: 101 } }] }),
      "mirrors 101 percent",
      "Write a number from 0 to 100.",
    ),
    "a TLS route for a port that is none": breaks(
      "VirtualService",
      { hosts: ["a.example.com"], tls: [{ match: [{ port: 70000, sniHosts: ["a.example.com"] }], route: to() }] },
      "has the port 70000",
      "Write a number from 1 to 65535.",
    ),
    "an empty regex": breaks(
      "VirtualService",
      http({ match: [{ headers: { "x-user": { regex: "" } } }] }),
      "has an empty regex for headers",
      "Write one, or take it out.",
    ),
    "more faults than requests": breaks(
      "VirtualService",
      http({ fault: { abort: { httpStatus: 500, percentage: { value: 110 } } } }),
      "has 110 percent",
      "Write a number from 0.0001 to 100, or 0.",
    ),
    "a fault with a status that is none": breaks(
      "VirtualService",
      http({ fault: { abort: { httpStatus: 50 } } }),
      "aborts with the status 50",
      "Write one from 200 to 599.",
    ),
    "a fault that Istio doesn't do": breaks(
      "VirtualService",
      http({ fault: { delay: { exponentialDelay: "5s" } } }),
      "has exponentialDelay, which Istio doesn't do",
      "Use httpStatus, grpcStatus or fixedDelay.",
    ),
    "an answer with a status that is none": breaks(
      "VirtualService",
      http({ directResponse: { status: 99 } }),
      "answers with the status 99",
      "Write one from 200 to 599.",
    ),
    "an origin that is empty": breaks(
      "VirtualService",
      http({ corsPolicy: { allowOrigins: [{ exact: "" }] } }),
      "allows an origin that is empty",
      "Write one.",
    ),
    "a method in lower case for other origins": breaks(
      "VirtualService",
      http({ corsPolicy: { allowMethods: ["get"] } }),
      'allows the method "get"',
      "Use some of GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE, *.",
    ),
    "a header with a colon for other origins": breaks(
      "VirtualService",
      http({ corsPolicy: { allowHeaders: ["x-user:"] } }),
      'has the header "x-user:" in allowHeaders',
      "Write a header's name.",
    ),
    "a Host that an answer sets": breaks(
      "VirtualService",
      http({ headers: { response: { set: { Host: "a.example.com" } } } }),
      'has the header "Host" in response.set',
      "Write a name; Host can be set in requests alone.",
    ),
    "a match of a header with a space": breaks(
      "VirtualService",
      http({ match: [{ headers: { "x user": { exact: "a" } } }] }),
      'matches the header "x user"',
      "Write a header's name.",
    ),
    "callers with a label that no pod can have": breaks(
      "VirtualService",
      http({ match: [{ sourceLabels: { app: "product page" } }] }),
      'has the label "app: product page", which no pod can have',
      "Use letters, digits, and -_. between them.",
    ),
    "callers in two namespaces at once": breaks(
      "VirtualService",
      http({ match: [{ sourceNamespace: "shop,pay" }] }),
      'matches the namespace "shop,pay"',
      "Write one namespace's name.",
    ),

    "a Gateway without servers": breaks("Gateway", gateway(), "has no servers", "Add one, or delete it."),
    "a Gateway's name with a dot in it": {
      change: (stack) => {
        adding("Gateway")(stack, gateway({ port, hosts: ["a.example.com"] }), { name: "wild.card" });
      },
      finds: [
        'Gateway bookinfo/wild.card: has the name "wild.card": istiod refuses it. Use up to 63 letters, digits and hyphens, no hyphen at either end.',
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
    "a socket with a port": breaks(
      "Gateway",
      gateway({ port, bind: "unix:///run/a.sock", hosts: ["a.example.com"] }),
      "has a port and the address of a socket",
      "Write number: 0.",
    ),
    "a server's port without a protocol": breaks(
      "Gateway",
      gateway({ port: { ...port, protocol: "" }, hosts: ["a.example.com"] }),
      "has a port without a protocol",
      "Name it.",
    ),
    "a name between clusters in the mesh itself": breaks(
      "VirtualService",
      { hosts: ["outbound_.80_._.details.bookinfo.mesh"], tcp: [{ route: to() }] },
      'has the host "outbound_.80_._.details.bookinfo.mesh", which is none',
      "Write a name, without a scheme, a port and a path.",
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
      "Write one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, UDP, MONGO, REDIS, MYSQL.",
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
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
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
      'Write e.g. "10s" or "250ms".',
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
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
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
      'Write the full name: "./details.bookinfo.svc.cluster.local".',
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

    "a subset's label that no pod can have": breaks(
      "DestinationRule",
      { host: "details", subsets: [{ name: "v1", labels: { "app/kind/of": "a" } }] },
      'has the label "app/kind/of: a", which no pod can have',
      "Use letters, digits, and -_. between them.",
    ),
    "an entry's protocol that is none": breaks(
      "ServiceEntry",
      entry({ ports: [{ ...entryPort, protocol: "HTTP3" }] }),
      'has the protocol "HTTP3"',
      "Write one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, UDP, MONGO, REDIS, MYSQL.",
    ),
    "a listener's name with a dot": breaks(
      "Sidecar",
      { egress: [{ port: { number: 80, protocol: "HTTP", name: "http.web" }, hosts: ["./*"] }] },
      'has the port name "http.web"',
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
    ),
    "a listener's port without a number": breaks(
      "Sidecar",
      { egress: [{ port: { protocol: "HTTP" }, hosts: ["./*"] }] },
      "has a listener's port without a number",
      "Add number.",
    ),
    "a machine without an address": breaks(
      "WorkloadEntry",
      { labels: { app: "details" } },
      "has no address",
      "Add address, or network.",
    ),
    "a machine's address that is none": breaks(
      "WorkloadEntry",
      { address: "http://a.example.org" },
      'has the address "http://a.example.org"',
      "Write an IP address or a name.",
    ),
    "a socket with ports": breaks(
      "WorkloadEntry",
      { address: "unix:///run/a.sock", ports: { http: 80 } },
      "has ports and the address of a socket",
      "Take them out.",
    ),
    "a machine's port name with an underscore": breaks(
      "WorkloadEntry",
      { address: "10.0.0.1", ports: { http_api: 80 } },
      'has the port name "http_api"',
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
    ),
    "a source that names nobody": breaks(
      "AuthorizationPolicy",
      { rules: [{ from: [{ source: {} }] }] },
      "has a source that names nobody",
      "Name one, or take from out.",
    ),
    "an operation that names nothing": breaks(
      "AuthorizationPolicy",
      { rules: [{ to: [{}] }] },
      "has an operation that names nothing",
      "Name something, or take to out.",
    ),
    "an address of callers that is none": breaks(
      "AuthorizationPolicy",
      { rules: [{ from: [{ source: { notRemoteIpBlocks: ["office"] } }] }] },
      'has "office" in notRemoteIpBlocks, which is no address',
      "Write e.g. 10.0.0.1 or 10.0.0.0/8.",
    ),
    "ServiceAccounts and namespaces of one source": breaks(
      "AuthorizationPolicy",
      { rules: [{ from: [{ source: { serviceAccounts: ["bookinfo/details"], namespaces: ["bookinfo"] } }] }] },
      "has serviceAccounts and namespaces in one source",
      "Keep one of them.",
    ),
    "a port by name": breaks(
      "AuthorizationPolicy",
      { rules: [{ to: [{ operation: { ports: ["http"] } }] }] },
      'has "http" in ports, which is no port',
      "Write its number.",
    ),
    "an empty path": breaks(
      "AuthorizationPolicy",
      { rules: [{ to: [{ operation: { paths: [""] } }] }] },
      "has an empty text in paths",
      "Write something, or take it out.",
    ),
    "a condition for what is no attribute": breaks(
      "AuthorizationPolicy",
      { rules: [{ when: [{ key: "request.header[x-user]", values: ["a"] }] }] },
      'has a condition for "request.header[x-user]", which is no attribute',
      "Use source.ip, remote.ip, source.namespace, source.serviceAccount, source.principal, source.trustDomain, request.auth.principal, request.auth.audiences, request.auth.presenter, destination.ip, destination.port, connection.sni, or request.headers[NAME].",
    ),
    "a condition without values": breaks(
      "AuthorizationPolicy",
      { rules: [{ when: [{ key: "request.headers[x-user]" }] }] },
      "has a condition for request.headers[x-user] without values",
      "Add values or notValues.",
    ),
    "a condition for a port by name": breaks(
      "AuthorizationPolicy",
      { rules: [{ when: [{ key: "destination.port", values: ["http"] }] }] },
      'has the value "http" for destination.port',
      "Correct it, or take it out.",
    ),
    "a provider of a policy that doesn't ask it": breaks(
      "AuthorizationPolicy",
      { action: "DENY", provider: { name: "opa" }, rules: [{}] },
      "has a provider, and the action DENY",
      "Set action: CUSTOM, or take it out.",
    ),
    "a policy that asks nobody": breaks(
      "AuthorizationPolicy",
      { action: "CUSTOM", rules: [{}] },
      "has the action CUSTOM and no provider",
      "Add provider with the name of one in meshConfig.",
    ),
    "a provider that is asked about some callers": breaks(
      "AuthorizationPolicy",
      { action: "CUSTOM", provider: { name: "opa" }, rules: [{ from: [{ source: { principals: ["*"] } }] }] },
      "has principals and the action CUSTOM",
      "Let the provider decide it.",
    ),
    "a provider that is asked about some tokens": breaks(
      "AuthorizationPolicy",
      {
        action: "CUSTOM",
        provider: { name: "opa" },
        rules: [{ when: [{ key: "request.auth.claims[group]", values: ["a"] }] }],
      },
      "has a condition for request.auth.claims[group] and the action CUSTOM",
      "Let the provider decide it.",
    ),
    "tokens of nobody": breaks(
      "RequestAuthentication",
      { jwtRules: [{ audiences: ["shop"] }] },
      "has a rule for tokens of nobody",
      "Add issuer.",
    ),
    "keys in a file": breaks(
      "RequestAuthentication",
      { jwtRules: [{ issuer: "https://a.example.org", jwksUri: "file:///keys.json" }] },
      'has keys at "file:///keys.json"',
      "Write an address that begins with https://.",
    ),
    "reports at no time": breaks(
      "Telemetry",
      { metrics: [{ reportingInterval: "10" }] },
      'reports every "10"',
      'Write e.g. "10s".',
    ),
    "an empty filter of access logs": breaks(
      "Telemetry",
      { accessLogging: [{ filter: {} }] },
      "has an empty filter",
      "Add expression.",
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
    "an EnvoyFilter's match of a filter without a name": breaks(
      "EnvoyFilter",
      filterPatch({ name: "" }),
      "matches a filter without a name",
      "Add name.",
    ),
    "an EnvoyFilter's match inside of another filter": breaks(
      "EnvoyFilter",
      filterPatch({ name: "envoy.filters.network.tcp_proxy", subFilter: { name: "envoy.filters.http.router" } }),
      'matches a subFilter of "envoy.filters.network.tcp_proxy"',
      "Match it in envoy.filters.network.http_connection_manager.",
    ),
    "an EnvoyFilter's match inside of a filter, without a name": breaks(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: {} }),
      "matches a subFilter without a name",
      "Add name.",
    ),
    "an EnvoyFilter's match inside of a filter, for that filter": breaks(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: { name: "envoy.filters.http.router" } }, "NETWORK_FILTER"),
      "matches a subFilter and applies to NETWORK_FILTER",
      "Set applyTo: HTTP_FILTER.",
    ),
    "an EnvoyFilter's match of another kind": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", match: { listener: { portNumber: 80 } }, patch }] },
      "applies to CLUSTER and matches by listener",
      "Match by cluster.",
    ),

    "workloads by a wildcard": breaks(
      "PeerAuthentication",
      { selector: { matchLabels: { app: "details-*" } }, mtls: { mode: "STRICT" } },
      'selects workloads by "app: details-*"',
      "Write the whole label, or take it out for all workloads.",
    ),
    "an endpoint's port that is none": breaks(
      "ServiceEntry",
      entry({ endpoints: [{ address: "a.example.org", ports: { http: 0 } }] }),
      "has the port 0",
      "Write a number from 1 to 65535.",
    ),
    "a policy with a selector and targetRefs": breaks(
      "AuthorizationPolicy",
      {
        selector: { matchLabels: { app: "details" } },
        targetRefs: [{ kind: "Service", group: "", name: "details" }],
        rules: [{}],
      },
      "says in two ways what it is for (selector, targetRef, targetRefs)",
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
    "durations of all kinds": keeps(
      "VirtualService",
      http({
        timeout: "16.1s",
        retries: { attempts: 2, perTryTimeout: "1m1.001s", retryOn: "" },
        fault: { delay: { fixedDelay: ".5s" } },
      }),
    ),
    "what is empty, as if it weren't there": keeps(
      "VirtualService",
      http({ redirect: { uri: "", prefixRewrite: "/new" }, mirror: { host: "reviews" }, mirrors: [] }),
    ),
    "a delegate with what it leaves alone": keeps("VirtualService", {
      hosts: ["details"],
      http: [
        { delegate: { name: "other" }, mirror: { host: "reviews" }, mirrors: [{ destination: { host: "reviews" } }] },
      ],
    }),
    "headers as one text": keeps(
      "VirtualService",
      http({ corsPolicy: { allowHeaders: ["content-type,authorization"] } }),
    ),
    "a Gateway that istiod doesn't look at": keeps("VirtualService", {
      hosts: ["details"],
      gateways: ["mesh", "istio-ingress/wild.card"],
      http: [{ route: to() }],
    }),
    "TLS passed on between clusters": keeps("VirtualService", {
      hosts: ["outbound_.80_._.details.bookinfo.mesh"],
      gateways: ["istio-ingress/wildcard"],
      tls: [{ match: [{ port: 443, sniHosts: ["outbound_.80_._.details.bookinfo.mesh"] }], route: to() }],
    }),
    "a Gateway on a socket": keeps(
      "Gateway",
      gateway({ port: { ...port, number: 0 }, bind: "unix:///run/a.sock", hosts: ["a.example.com"] }),
    ),
    "a proxy's protocol": keeps("Sidecar", {
      egress: [{ port: { number: 80, protocol: "HTTP_PROXY" }, hosts: ["./*"] }],
    }),
    "a patch, which is part of what others make": (stack) => {
      stack.addResource("kubernetes:networking.istio.io/v1:VirtualServicePatch", "own", {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name: "own", namespace: "bookinfo" },
        spec: { http: [{ timeout: "5s" }] },
      });
    },
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
    "a route with everything": keeps("VirtualService", {
      hosts: ["details"],
      http: [
        {
          name: "all",
          match: [
            {
              uri: { prefix: "/a" },
              method: { exact: "GET" },
              headers: {
                "x-a": { exact: "b" },
                "@request.auth.claims.group": { exact: "b" },
                ":path": { prefix: "/a" },
              },
              sourceLabels: { "example.com/app": "a_b.c" },
              sourceNamespace: "shop",
              port: 80,
            },
          ],
          corsPolicy: {
            allowOrigins: [{ exact: "https://a.example.com" }],
            allowMethods: ["GET", "OPTIONS"],
            allowHeaders: ["x-a"],
            maxAge: "24h",
          },
          fault: {
            delay: { fixedDelay: "5s", percentage: { value: 10 } },
            abort: { httpStatus: 500, percentage: { value: 0.1 } },
          },
          headers: { request: { set: { Host: "a.example.com" }, remove: ["x-b"] } },
          mirror: { host: "reviews", port: { number: 80 } },
          mirrorPercentage: { value: 10 },
          rewrite: { uri: "/b" },
          timeout: "5s",
          retries: { attempts: 2, perTryTimeout: "1s", retryOn: "5xx" },
          route: [
            {
              destination: { host: "details", subset: "v1" },
              weight: 90,
              headers: { response: { add: { "x-a": "b" } } },
            },
            { destination: { host: "details", subset: "v2", port: { number: 80 } }, weight: 10 },
          ],
        },
      ],
      gateways: ["istio-ingress/wildcard"],
    }),
    "a policy with everything": keeps("AuthorizationPolicy", {
      action: "DENY",
      selector: { matchLabels: { app: "details" } },
      rules: [
        {
          from: [
            { source: { principals: ["*/ns/shop/sa/web"], notNamespaces: ["pay"], ipBlocks: ["10.0.0.0/8", "::1"] } },
          ],
          to: [{ operation: { hosts: ["a.example.com"], ports: ["80"], methods: ["GET"], notPaths: ["/a*"] } }],
          when: [
            { key: "request.headers[x-user]", values: ["a"] },
            { key: "source.ip", notValues: ["10.1.2.3"] },
            { key: "destination.port", values: ["80"] },
          ],
        },
        { from: [], to: [] },
      ],
    }),
    "a policy that asks a provider": keeps("AuthorizationPolicy", {
      action: "CUSTOM",
      provider: { name: "opa" },
      rules: [{ to: [{ operation: { paths: ["/admin*"] } }], when: [{ key: "source.ip", values: ["10.0.0.1"] }] }],
    }),
    "tokens of an issuer": keeps("RequestAuthentication", {
      selector: { matchLabels: { app: "details" } },
      jwtRules: [
        {
          issuer: "https://a.example.org",
          jwksUri: "https://a.example.org/keys",
          audiences: ["shop"],
          fromHeaders: [{ name: "x-token", prefix: "Bearer " }],
          outputClaimToHeaders: [{ header: "x-sub", claim: "sub" }],
          timeout: "5s",
        },
      ],
    }),
    "a machine": keeps("WorkloadEntry", {
      address: "10.0.0.1",
      ports: { http: 80 },
      labels: { app: "details" },
      serviceAccount: "details",
    }),
    "a machine of another network": keeps("WorkloadEntry", { network: "vm", labels: { app: "details" } }),
    "telemetry of all kinds": keeps("Telemetry", {
      accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code > 400" } }],
      tracing: [{ randomSamplingPercentage: 10, customTags: { team: { literal: { value: "shop" } } } }],
      metrics: [{ providers: [{ name: "prometheus" }], reportingInterval: "10s" }],
    }),
    "modes for ports": keeps("PeerAuthentication", {
      selector: { matchLabels: { app: "details" } },
      mtls: { mode: "STRICT" },
      portLevelMtls: { "9080": { mode: "PERMISSIVE" } },
    }),
    "an EnvoyFilter's patch of a filter": keeps(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: { name: "envoy.filters.http.router" } }),
    ),
    "a policy with a selector": keeps("AuthorizationPolicy", {
      selector: { matchLabels: { app: "details" } },
      rules: [{}],
    }),
  },
});
