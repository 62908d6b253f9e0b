import assert from "node:assert/strict";
import type { AppRoutes, AppRouting } from "../../components/routing/model";
import { portsOf, resolveApp, resolveApps } from "../../components/routing/resolve";
import { settingsOf } from "../stack";
import { appOf, routingOf } from "../manifests/app";

const own = { service: "checkout", namespace: "shop", port: 8080, weight: 100 };
const forwardedProto = { request: { set: { "x-forwarded-proto": "https" } } };

function meshOf({ byOrigin }: AppRouting): AppRoutes {
  return byOrigin.find(({ origin }) => origin.kind === "mesh")!;
}

describe("a route that is limited", () => {
  const local = { requests: 5, per: "1m" };
  const limited = (name: string) =>
    routingOf(`host: checkout\nroutes: [{${name}rateLimit: {local: {requests: 5, per: 1m}}}]`).byOrigin;

  it("has its limit, and a name to be found by, on gateways alone", () => {
    assert.deepEqual(
      limited("").map(({ origin, routes }) => [origin.kind, ...routes.map(({ name, rateLimit }) => [name, rateLimit])]),
      [
        ["gateway", ["checkout.routes.0", local]],
        ["mesh", [undefined, undefined]],
      ],
    );
  });

  it("keeps a name of its own", () => {
    assert.deepEqual(
      limited("name: all, ").map(({ routes }) => routes[0]?.name),
      ["all", "all"],
    );
  });
});

describe("what an application's routes mean", () => {
  it("is, for a host and nothing else, one route on its gateway, and nothing to write for the mesh", () => {
    assert.deepEqual(routingOf("host: checkout"), {
      app: "checkout",
      namespace: "shop",
      destination: { service: "checkout", namespace: "shop", versions: [], policy: {} },
      byOrigin: [
        {
          origin: { kind: "gateway", name: "default" },
          hosts: ["checkout.example.com"],
          routes: [{ matches: [], headers: forwardedProto, action: { kind: "forward", backends: [own] } }],
          ruled: true,
        },
        {
          origin: { kind: "mesh" },
          hosts: [],
          routes: [{ matches: [], action: { kind: "forward", backends: [own] } }],
          ruled: false,
        },
      ],
    });
  });

  it("has nothing left to inherit, to add up or to look up", () => {
    const keys = `
host: checkout
versions: {v1: {weight: 90}, v2: {weight: 10, labels: {color: blue}}, v3: {}}
timeout: 9s
retries: {attempts: 2, retryOn: [5xx]}
headers: {request: {set: {x-team: shop}}}
outlierDetection: {consecutive5xxErrors: 5}
routes:
  - {name: inside, match: [{gateways: [mesh], sourceLabels: {app: a}}], to: v3}
  - match: [{gateways: [mesh]}, {gateways: [default], cookies: {beta: {exact: "1"}}}]
    to: [{service: items, weight: 100}, {version: v3, weight: 0}]
    headers: {request: {set: {x-team: items}}}
    timeout: 1s
  - {match: [{uri: {exact: /old}}], redirect: {uri: /new}}`;
    const retries = { attempts: 2, retryOn: ["5xx"] };
    const byWeight = [
      { ...own, version: "v1", weight: 90 },
      { ...own, version: "v2", weight: 10 },
    ];
    const items = { service: "items", namespace: "shop", port: 9000, weight: 100 };
    assert.deepEqual(routingOf(keys, { items: 9000 }), {
      app: "checkout",
      namespace: "shop",
      destination: {
        service: "checkout",
        namespace: "shop",
        versions: [
          { name: "v1", labels: { version: "v1" } },
          { name: "v2", labels: { color: "blue" } },
          { name: "v3", labels: { version: "v3" } },
        ],
        policy: { outlierDetection: { consecutive5xxErrors: 5 } },
      },
      byOrigin: [
        {
          origin: { kind: "gateway", name: "default" },
          hosts: ["checkout.example.com"],
          routes: [
            {
              place: ["routes", 1],
              matches: [{ place: ["routes", 1, "match", 1], cookies: { beta: { exact: "1" } } }],
              headers: { request: { set: { "x-forwarded-proto": "https", "x-team": "items" } } },
              action: { kind: "forward", backends: [items], timeout: "1s", retries },
            },
            {
              place: ["routes", 2],
              matches: [{ place: ["routes", 2, "match", 0], uri: { exact: "/old" } }],
              headers: { request: { set: { "x-team": "shop" } } },
              action: { kind: "redirect", to: { scheme: "https", uri: "/new" } },
            },
            {
              matches: [],
              headers: { request: { set: { "x-forwarded-proto": "https", "x-team": "shop" } } },
              action: { kind: "forward", backends: byWeight, timeout: "9s", retries },
            },
          ],
          ruled: true,
        },
        {
          origin: { kind: "mesh" },
          hosts: [],
          routes: [
            {
              place: ["routes", 0],
              name: "inside",
              matches: [{ place: ["routes", 0, "match", 0], sourceLabels: { app: "a" } }],
              headers: { request: { set: { "x-team": "shop" } } },
              action: {
                kind: "forward",
                backends: [{ ...own, version: "v3" }],
                timeout: "9s",
                retries,
              },
            },
            {
              place: ["routes", 1],
              matches: [{ place: ["routes", 1, "match", 0] }],
              headers: { request: { set: { "x-team": "items" } } },
              action: { kind: "forward", backends: [items], timeout: "1s", retries },
            },
            {
              place: ["routes", 2],
              matches: [{ place: ["routes", 2, "match", 0], uri: { exact: "/old" } }],
              headers: { request: { set: { "x-team": "shop" } } },
              action: { kind: "redirect", to: { uri: "/new" } },
            },
            {
              matches: [],
              headers: { request: { set: { "x-team": "shop" } } },
              action: { kind: "forward", backends: byWeight, timeout: "9s", retries },
            },
          ],
          ruled: true,
        },
      ],
    });
  });

  it("has an origin for each gateway, with its hosts on that one, in the order of the hosts", () => {
    const app = {
      ...appOf(),
      hosts: [
        { hostname: "admin.corp.example.com", gateway: "internal" },
        { hostname: "example.com", gateway: "default" },
        { hostname: "www.corp.example.com", gateway: "internal" },
      ],
    };
    assert.deepEqual(
      resolveApp(app, portsOf([app])).byOrigin.map(({ origin, hosts }) => [origin, hosts]),
      [
        [{ kind: "gateway", name: "internal" }, ["admin.corp.example.com", "www.corp.example.com"]],
        [{ kind: "gateway", name: "default" }, ["example.com"]],
        [{ kind: "mesh" }, []],
      ],
    );
  });

  it("takes a neighbour's port by its service and its namespace", () => {
    const { apps } = settingsOf({
      "eks-istio:apps": {
        checkout: { namespace: "shop", port: 8080, routes: [{ to: [{ service: "stock", namespace: "other" }] }] },
        stock: { namespace: "shop", port: 9090 },
        "other-stock": { service: "stock", namespace: "other", port: 9091 },
      },
    });
    const [checkout] = resolveApps(apps);
    assert.deepEqual(
      meshOf(checkout!.routing).routes.map(({ action }) => action),
      [{ kind: "forward", backends: [{ service: "stock", namespace: "other", port: 9091, weight: 100 }] }],
    );
  });

  it("is frozen through and through, and leaves the settings as they are", () => {
    const app = appOf(
      "host: checkout\nroutes: [{match: [{uri: {prefix: /a}}], corsPolicy: {allowOrigins: [{exact: a}]}}]",
    );
    const loose: unknown[] = [];
    const look = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) loose.push(value);
      Object.values(value).forEach(look);
    };
    look(resolveApp(app, portsOf([app])));
    assert.deepEqual([loose, Object.isFrozen(app.routes[0]?.corsPolicy)], [[], false]);
  });
});
