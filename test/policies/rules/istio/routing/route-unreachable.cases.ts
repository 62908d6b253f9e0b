import { routeUnreachable } from "../../../../../policies/rules/istio/routing/route-unreachable";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

const route = [{ destination: { host: "details.bookinfo.svc.cluster.local" } }];

/** Routes before those of bookinfo's public host. */
function before(stack: StackDraft, ...routes: Loose[]): void {
  stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift(...routes);
}

function pair(earlier: Loose, later: Loose): (stack: StackDraft) => void {
  return (stack) => {
    before(stack, { name: "first", match: [earlier], route }, { name: "second", match: [later], route });
  };
}

export default cases(routeUnreachable, {
  breaks: {
    "a rule behind one that takes every request": {
      change: (stack) =>
        stack
          .object("VirtualService", "bookinfo", "productpage.ingress")
          .spec.http.push({ match: [{ uri: { prefix: "/api" } }], route }),
      finds: [
        "VirtualService bookinfo/productpage.ingress: no request reaches the route #2: #1 before it takes every request. Put #2 before #1, or take it out.",
      ],
    },
    "a prefix behind a shorter one": {
      change: pair({ uri: { prefix: "/api" } }, { uri: { prefix: "/api/v1" } }),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes uri prefix "/api". Put "second" before "first", or take it out.',
      ],
    },
    "an exact path behind its prefix, with headers of its own": {
      change: pair({ uri: { prefix: "/api" } }, { uri: { exact: "/api/v1" }, headers: { "x-beta": { exact: "1" } } }),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes uri prefix "/api". Put "second" before "first", or take it out.',
      ],
    },
    "an exact path behind a regular expression that takes it": {
      change: pair({ uri: { regex: "/api/v[0-9]+" } }, { uri: { exact: "/api/v1" } }),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes uri regex "/api/v[0-9]+". Put "second" before "first", or take it out.',
      ],
    },
    "the same conditions in another order, and in capitals where that means nothing": {
      change: pair(
        { headers: { "X-Beta": { exact: "1" } }, method: { exact: "GET" } },
        { method: { exact: "GET" }, headers: { "x-beta": { exact: "1" } }, name: "named" },
      ),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes header X-Beta exact "1" and method exact "GET". Put "second" before "first", or take it out.',
      ],
    },
    "a path in any case, and its capitals": {
      change: pair({ uri: { prefix: "/api" }, ignoreUriCase: true }, { uri: { prefix: "/API/v1" } }),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes uri prefix "/api" in any case. Put "second" before "first", or take it out.',
      ],
    },
    "a header that must be there, and what it says": {
      change: pair({ headers: { "x-beta": {} } }, { headers: { "x-beta": { prefix: "1" } } }),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes header x-beta. Put "second" before "first", or take it out.',
      ],
    },
    "a header that must be missing, in both": {
      change: pair(
        { withoutHeaders: { cookie: { prefix: "a" } } },
        { withoutHeaders: { cookie: { prefix: "a" } }, uri: { prefix: "/api" } },
      ),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes missing header cookie prefix "a". Put "second" before "first", or take it out.',
      ],
    },
    "conditions that two earlier rules take one each": {
      change: (stack) => {
        before(
          stack,
          { match: [{ uri: { prefix: "/a" } }], route },
          { match: [{ uri: { prefix: "/b" } }], route },
          { match: [{ uri: { exact: "/a/1" } }, { uri: { exact: "/b/1" } }], route },
        );
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route #3: #1 and #2 before it take uri prefix "/a" and uri prefix "/b". Put #3 before #1, or take it out.',
      ],
    },
    "a query, a port, labels and gateways within wider ones": {
      change: pair(
        { queryParams: { v: { exact: "1" } }, sourceLabels: { app: "web" }, gateways: ["mesh", "edge/public"] },
        {
          queryParams: { v: { exact: "1" }, w: { exact: "2" } },
          sourceLabels: { app: "web", version: "v1" },
          gateways: ["mesh"],
          port: 80,
        },
      ),
      finds: [
        'VirtualService bookinfo/productpage.ingress: no request reaches the route "second": "first" before it takes query v exact "1" and source label app "web" and gateways mesh, edge/public. Put "second" before "first", or take it out.',
      ],
    },
    "a host of TLS behind its wildcard, and a TCP rule behind one for all": {
      change: (stack) =>
        Object.assign(stack.object("VirtualService", "bookinfo", "productpage.ingress").spec, {
          tls: [
            { match: [{ sniHosts: ["*.example.com"] }], route },
            { match: [{ sniHosts: ["a.example.com"], port: 443 }], route },
          ],
          tcp: [{ route }, { match: [{ port: 27017 }], route }],
        }),
      finds: [
        "VirtualService bookinfo/productpage.ingress: no request reaches the route #2: #1 before it takes SNI *.example.com. Put #2 before #1, or take it out.",
        "VirtualService bookinfo/productpage.ingress: no request reaches the route #2: #1 before it takes every request. Put #2 before #1, or take it out.",
      ],
    },
  },
  keeps: {
    "a longer prefix first": pair({ uri: { prefix: "/api/v1" } }, { uri: { prefix: "/api" } }),
    "a method that the earlier one leaves out": pair(
      { uri: { prefix: "/api" }, method: { exact: "GET" } },
      { uri: { prefix: "/api/v1" } },
    ),
    "a header that the earlier one wants": pair(
      { uri: { prefix: "/api" }, headers: { "x-beta": { exact: "1" } } },
      { uri: { prefix: "/api" }, headers: { "x-gamma": { exact: "1" } } },
    ),
    "an exact path that a regular expression doesn't take as a whole": pair(
      { uri: { regex: "/api" } },
      { uri: { exact: "/api/v1" } },
    ),
    "capitals in a path": pair({ uri: { prefix: "/api" } }, { uri: { prefix: "/API" } }),
    "any case behind one": pair({ uri: { prefix: "/api" } }, { uri: { prefix: "/api" }, ignoreUriCase: true }),
    "requests without any cookie, and without some": pair(
      { withoutHeaders: { cookie: {} } },
      { withoutHeaders: { cookie: { prefix: "a" } }, uri: { prefix: "/api" } },
    ),
    "another gateway": pair({ gateways: ["mesh"] }, { uri: { prefix: "/api" } }),
    "one of two conditions": (stack) => {
      before(
        stack,
        { match: [{ uri: { prefix: "/api" } }], route },
        { match: [{ uri: { prefix: "/api/v1" } }, { uri: { prefix: "/v1" } }], route },
      );
    },
    "a rule behind one that delegates": (stack) => {
      before(
        stack,
        { match: [{ uri: { prefix: "/api" } }], delegate: { name: "api" } },
        { match: [{ uri: { prefix: "/api" } }], route },
      );
    },
  },
});
