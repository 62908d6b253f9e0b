import assert from "node:assert/strict";
import { virtualService } from "../../../components/manifests/istio/virtual-service";
import type { AppSettings } from "../../../components/settings/apps/schema";
import { portsOf, resolveApp } from "../../../components/routing/resolve";
import { appOf, routingOf, ruleOf } from "../app";

const gateway = "istio-ingress/wildcard";
const host = "checkout.shop.svc.cluster.local";
const own = { destination: { host, port: { number: 8080 } } };
const forwardedProto = { request: { set: { "x-forwarded-proto": "https" } } };

/** The HTTP routes of an application, through the gateway. */
function ingressRoutes(keys: string) {
  return ruleOf(routingOf(`host: checkout\n${keys}`), "gateway")?.spec.http;
}

/** Its HTTP routes for calls from inside the mesh. */
function meshRoutes(keys: string) {
  return ruleOf(routingOf(`host: checkout\n${keys}`), "mesh")?.spec.http;
}

describe("the VirtualService of an application's host", () => {
  it("binds the host to the wildcard Gateway and sends everything to the service, by its whole name", () => {
    assert.deepEqual(ruleOf(routingOf("host: checkout"), "gateway"), {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "checkout.ingress", namespace: "shop" },
      spec: { hosts: ["checkout.example.com"], gateways: [gateway], http: [{ headers: forwardedProto, route: [own] }] },
    });
  });

  it("is for the domain itself where the host is @", () => {
    const rule = ruleOf(routingOf('host: "@"'), "gateway");
    assert.deepEqual(rule?.spec.hosts, ["example.com"]);
  });

  it("is missing for an application without a host", () => {
    assert.equal(ruleOf(routingOf("timeout: 5s"), "gateway"), undefined);
  });

  it("tells the application that the request came over https, on every route", () => {
    const routes = ingressRoutes(
      "routes: [{match: [{uri: {prefix: /a}}], to: {service: a}}, {match: [{uri: {prefix: /b}}]}]",
    );
    assert.deepEqual(
      routes?.map(({ headers }) => headers),
      [forwardedProto, forwardedProto, forwardedProto],
    );
  });

  it("redirects to https, as TLS ended before the gateway", () => {
    assert.deepEqual(
      ingressRoutes("routes: [{match: [{uri: {exact: /old}}], redirect: {uri: /new, redirectCode: 308}}]")?.[0],
      {
        match: [{ uri: { exact: "/old" } }],
        redirect: { scheme: "https", uri: "/new", redirectCode: 308 },
      },
    );
  });

  it("keeps a redirect's own scheme", () => {
    assert.deepEqual(ingressRoutes("routes: [{redirect: {scheme: http, authority: plain.example.com}}]"), [
      { redirect: { scheme: "http", authority: "plain.example.com" } },
    ]);
  });
});

describe("the VirtualService of calls inside the mesh", () => {
  it("is bound to the mesh, and changes neither scheme nor headers", () => {
    assert.deepEqual(ruleOf(routingOf("host: checkout\ntimeout: 5s"), "mesh"), {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "checkout", namespace: "shop" },
      spec: { hosts: [host], gateways: ["mesh"], http: [{ timeout: "5s", route: [own] }] },
    });
  });

  it("is for the service's name where it is not the application's", () => {
    const rule = ruleOf(routingOf("service: web\ntimeout: 5s"), "mesh");
    assert.deepEqual(rule?.spec.hosts, ["web.shop.svc.cluster.local"]);
    assert.equal(rule.metadata.name, "checkout");
  });

  it("is missing where Kubernetes' own routing is all that is asked for", () => {
    assert.equal(ruleOf(routingOf("host: checkout"), "mesh"), undefined);
  });

  for (const keys of [
    "timeout: 5s",
    "retries: {attempts: 1}",
    "headers: {request: {remove: [x-debug]}}",
    "versions: {v1: {}}",
    "routes: [{match: [{method: {exact: GET}}]}]",
  ]) {
    it(`is there for an application with ${keys}`, () => {
      assert.notEqual(ruleOf(routingOf(keys), "mesh"), undefined);
    });
  }

  it("doesn't claim that a call came over https, on any route", () => {
    const routes = meshRoutes("routes: [{match: [{uri: {prefix: /a}}], to: {service: a}}]");
    assert.deepEqual(
      routes?.map(({ headers }) => headers),
      [undefined, undefined],
    );
  });

  it("leaves a redirect's scheme as the caller's", () => {
    assert.deepEqual(meshRoutes("routes: [{match: [{uri: {exact: /old}}], redirect: {uri: /new}}]")?.[0], {
      match: [{ uri: { exact: "/old" } }],
      redirect: { uri: "/new" },
    });
  });
});

describe("the VirtualServices of an application with hosts on several gateways", () => {
  const hosts = [
    { hostname: "checkout.example.com", gateway: "default" },
    { hostname: "checkout.corp.example.com", gateway: "internal" },
    { hostname: "www.example.com", gateway: "default" },
  ];
  const app: AppSettings = { ...appOf("timeout: 5s"), hosts };
  const routing = resolveApp(app, portsOf([app]));
  const gateways = new Map([
    ["default", gateway],
    ["internal", "istio-ingress-internal/wildcard"],
  ]);

  it("are one for each gateway, each with its own hosts, so that none is served by another's", () => {
    const rules = routing.byOrigin.map((routes) => virtualService(routing, routes, gateways));
    assert.deepEqual(
      rules.map((rule) => [rule?.metadata.name, rule?.spec.hosts, rule?.spec.gateways]),
      [
        ["checkout.ingress", ["checkout.example.com", "www.example.com"], [gateway]],
        ["checkout.ingress.internal", ["checkout.corp.example.com"], ["istio-ingress-internal/wildcard"]],
        ["checkout", [host], ["mesh"]],
      ],
    );
  });

  it("are refused on a gateway that the stack doesn't have", () => {
    assert.throws(
      () => routing.byOrigin.map((routes) => virtualService(routing, routes, new Map([["default", gateway]]))),
      /^Error: There is no gateway internal; there are: default$/,
    );
  });
});

describe("the routes of a VirtualService", () => {
  it("keep the stack file's order, as the first match wins, and end with the versions by weight", () => {
    const routes = meshRoutes(
      "routes: [{name: narrow, match: [{uri: {prefix: /a/b}}]}, {name: wide, match: [{uri: {prefix: /a}}]}]",
    );
    assert.deepEqual(routes, [
      { name: "narrow", match: [{ uri: { prefix: "/a/b" } }], route: [own] },
      { name: "wide", match: [{ uri: { prefix: "/a" } }], route: [own] },
      { route: [own] },
    ]);
  });

  it("end with the stack file's own catch-all, if there is one", () => {
    assert.deepEqual(ingressRoutes("routes: [{match: [{uri: {prefix: /a}}]}, {name: rest, to: {service: other}}]"), [
      { match: [{ uri: { prefix: "/a" } }], headers: forwardedProto, route: [own] },
      {
        name: "rest",
        headers: forwardedProto,
        route: [{ destination: { host: "other.shop.svc.cluster.local", port: { number: 8080 } } }],
      },
    ]);
  });

  it("leave out those that can't match on the gateway: it sees no caller's pod", () => {
    const keys =
      "routes: [{name: caller, match: [{sourceLabels: {app: orders}}]}, {name: namespace, match: [{sourceNamespace: shop}]}, {name: inside, match: [{gateways: [mesh], uri: {prefix: /a}}]}]";
    assert.deepEqual(ingressRoutes(keys), [{ headers: forwardedProto, route: [own] }]);
    assert.deepEqual(meshRoutes(keys), [
      { name: "caller", match: [{ sourceLabels: { app: "orders" } }], route: [own] },
      { name: "namespace", match: [{ sourceNamespace: "shop" }], route: [own] },
      { name: "inside", match: [{ uri: { prefix: "/a" } }], route: [own] },
      { route: [own] },
    ]);
  });

  it("leave out those for the gateway alone inside the mesh", () => {
    const keys = "timeout: 5s\nroutes: [{match: [{gateways: [default], uri: {prefix: /a}}]}]";
    assert.deepEqual(meshRoutes(keys), [{ timeout: "5s", route: [own] }]);
    assert.deepEqual(
      ingressRoutes(keys)?.map(({ match }) => match),
      [[{ uri: { prefix: "/a" } }], undefined],
    );
  });

  it("keep of several conditions those that can hold", () => {
    const keys = "routes: [{match: [{uri: {prefix: /a}}, {sourceLabels: {app: orders}}]}]";
    assert.deepEqual(ingressRoutes(keys)?.[0]?.match, [{ uri: { prefix: "/a" } }]);
    assert.deepEqual(meshRoutes(keys)?.[0]?.match, [{ uri: { prefix: "/a" } }, { sourceLabels: { app: "orders" } }]);
  });

  it("carry rewrite and CORS as they are", () => {
    const route =
      "{rewrite: {uri: /}, corsPolicy: {allowOrigins: [{exact: 'https://example.com'}], maxAge: 24h}, match: [{uri: {prefix: /a/}}]}";
    assert.deepEqual(meshRoutes(`routes: [${route}]`)?.[0], {
      match: [{ uri: { prefix: "/a/" } }],
      corsPolicy: { allowOrigins: [{ exact: "https://example.com" }], maxAge: "24h" },
      rewrite: { uri: "/" },
      route: [own],
    });
  });

  it("answer by themselves, through the gateway and inside the mesh alike", () => {
    const keys =
      "routes: [{match: [{uri: {exact: /gone}}], directResponse: {status: 410, body: gone}}, {directResponse: {status: 204}}]";
    const routes = [
      { match: [{ uri: { exact: "/gone" } }], directResponse: { status: 410, body: { string: "gone" } } },
      { directResponse: { status: 204 } },
    ];
    assert.deepEqual([meshRoutes(keys), ingressRoutes(keys)], [routes, routes]);
  });

  it("copy requests and make faults, for all requests unless they say otherwise", () => {
    const keys =
      "versions: {v1: {weight: 100}, v2: {}}\nroutes: [{mirror: [{version: v2, percentage: 0.5}, {service: audit, namespace: ops, port: 80}], fault: {delay: {fixedDelay: 5s}, abort: {httpStatus: 503, percentage: 10}}}]";
    assert.deepEqual(meshRoutes(keys), [
      {
        mirrors: [
          { destination: { ...own.destination, subset: "v2" }, percentage: { value: 0.5 } },
          { destination: { host: "audit.ops.svc.cluster.local", port: { number: 80 } }, percentage: { value: 100 } },
        ],
        fault: {
          delay: { fixedDelay: "5s", percentage: { value: 100 } },
          abort: { httpStatus: 503, percentage: { value: 10 } },
        },
        route: [{ destination: { ...own.destination, subset: "v1" } }],
      },
    ]);
  });

  it("leave the rest to a VirtualService of others", () => {
    const keys = "timeout: 5s\nroutes: [{match: [{uri: {prefix: /a}}], delegate: {name: team}}]";
    assert.deepEqual(ingressRoutes(keys)?.[0], {
      match: [{ uri: { prefix: "/a" } }],
      headers: forwardedProto,
      timeout: "5s",
      delegate: { name: "team", namespace: "shop" },
    });
  });

  it("take conditions of a retry as a list, and as Istio's own text", () => {
    for (const conditions of ["[connect-failure, '503']", "'connect-failure,503'", "'connect-failure, 503'"])
      assert.deepEqual(meshRoutes(`retries: {attempts: 1, retryOn: ${conditions}}`), [
        { retries: { attempts: 1, retryOn: "connect-failure,503" }, route: [own] },
      ]);
  });

  it("take timeout and retries of the application, unless they have their own", () => {
    const keys =
      "timeout: 9s\nretries: {attempts: 3, perTryTimeout: 2s, retryOn: [5xx, '503'], retryRemoteLocalities: true}\nroutes: [{match: [{uri: {prefix: /a}}], timeout: 1s, retries: {attempts: 0}}]";
    assert.deepEqual(meshRoutes(keys), [
      { match: [{ uri: { prefix: "/a" } }], timeout: "1s", retries: { attempts: 0 }, route: [own] },
      {
        timeout: "9s",
        retries: { attempts: 3, perTryTimeout: "2s", retryRemoteLocalities: true, retryOn: "5xx,503" },
        route: [own],
      },
    ]);
  });

  it("change headers by the application's operations, and over them by their own", () => {
    const keys = `
headers: {request: {set: {x-team: shop, x-tier: "1"}, add: {x-hop: a}, remove: [x-debug]}, response: {remove: [server]}}
routes: [{match: [{uri: {prefix: /a}}], headers: {request: {set: {x-tier: "2"}, add: {x-path: b}, remove: [x-trace]}}}]`;
    assert.deepEqual(ingressRoutes(keys)?.[0]?.headers, {
      request: {
        set: { "x-forwarded-proto": "https", "x-team": "shop", "x-tier": "2" },
        add: { "x-hop": "a", "x-path": "b" },
        remove: ["x-debug", "x-trace"],
      },
      response: { remove: ["server"] },
    });
    assert.deepEqual(meshRoutes(keys)?.[1]?.headers, {
      request: { set: { "x-team": "shop", "x-tier": "1" }, add: { "x-hop": "a" }, remove: ["x-debug"] },
      response: { remove: ["server"] },
    });
  });
});
