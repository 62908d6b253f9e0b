import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const to = (host = "details"): Loose => [{ destination: { host } }];

/** A VirtualService with one HTTP route, to `details` unless it says otherwise. */
function http(route: Loose): Loose {
  const own = ["redirect", "directResponse", "delegate"].some((key) => key in route) ? {} : { route: to() };
  return { hosts: ["details"], http: [{ ...own, ...route }] };
}

const retryFix =
  "Use some of 5xx, gateway-error, reset, reset-before-request, connect-failure, retriable-4xx, refused-stream, retriable-status-codes, retriable-headers, envoy-ratelimited, http3-post-connect-failure, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable, or a status.";

export default cases(refused, {
  breaks: {
    "a placeholder of a shell's": breaks(
      "VirtualService",
      { ...http({}), hosts: ["${HOST}"] },
      'has the host "${HOST}", which is none',
      "Fill in ${HOST} first, and check what is applied then.",
    ),
    "a placeholder of a template's": breaks(
      "VirtualService",
      { ...http({}), hosts: ["web.{{ .Values.domain }}"] },
      'has the host "web.{{ .Values.domain }}", which is none',
      "Fill in {{ .Values.domain }} first, and check what is applied then.",
    ),
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
    "an answer that is too long": breaks(
      "VirtualService",
      http({ directResponse: { status: 200, body: { string: "x".repeat(1024 * 1024 + 1) } } }),
      "answers with more than 1 MB",
      "Serve it from an application.",
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
    "a name between clusters in the mesh itself": breaks(
      "VirtualService",
      { hosts: ["outbound_.80_._.details.bookinfo.mesh"], tcp: [{ route: to() }] },
      'has the host "outbound_.80_._.details.bookinfo.mesh", which is none',
      "Write a name, without a scheme, a port and a path.",
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
  },
});
