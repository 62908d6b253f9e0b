import assert from "node:assert/strict";
import fc from "fast-check";
import { portsOf, resolveApp } from "../../../components/routing/resolve";
import { settingsOf } from "../../stack";
import { arbitraryApp } from "../../schemas/arbitrary-app";
import { routingOf, ruleOf } from "../app";

const host = "checkout.shop.svc.cluster.local";
const port = { number: 8080 };

/** The destinations of each route inside the mesh. */
function destinations(keys: string, ports: Readonly<Record<string, number>> = {}) {
  return ruleOf(routingOf(keys, ports), "mesh")?.spec.http?.map(({ route }) => route);
}

describe("where requests go", () => {
  it("splits them over versions by weight, each a subset", () => {
    assert.deepEqual(destinations("versions: {v1: {weight: 90}, v2: {weight: 10}}"), [
      [
        { destination: { host, subset: "v1", port }, weight: 90 },
        { destination: { host, subset: "v2", port }, weight: 10 },
      ],
    ]);
  });

  it("leaves out versions at 0, said or not", () => {
    assert.deepEqual(destinations("versions: {v1: {weight: 60}, v2: {weight: 40}, v3: {weight: 0}, v4: {}}"), [
      [
        { destination: { host, subset: "v1", port }, weight: 60 },
        { destination: { host, subset: "v2", port }, weight: 40 },
      ],
    ]);
  });

  it("writes no weight for the only version that is left", () => {
    assert.deepEqual(destinations("versions: {v1: {weight: 100}, v2: {weight: 0}}"), [
      [{ destination: { host, subset: "v1", port } }],
    ]);
    assert.deepEqual(destinations("versions: {v1: {}}"), [[{ destination: { host, subset: "v1", port } }]]);
  });

  it("reaches a version at 0 by a route that names it", () => {
    assert.deepEqual(
      destinations(
        "versions: {v1: {weight: 100}, v2: {}}\nroutes: [{match: [{headers: {x-user: {exact: tester}}}], to: v2}]",
      )?.[0],
      [{ destination: { host, subset: "v2", port } }],
    );
  });

  it("splits a route's own destinations, whatever the versions' weights", () => {
    assert.deepEqual(
      destinations(
        "versions: {v1: {weight: 100}, v2: {}}\nroutes: [{match: [{uri: {prefix: /a}}], to: [{version: v1, weight: 50}, {version: v2, weight: 50}]}]",
      )?.[0],
      [
        { destination: { host, subset: "v1", port }, weight: 50 },
        { destination: { host, subset: "v2", port }, weight: 50 },
      ],
    );
  });

  it("leaves out a route's destinations at 0", () => {
    assert.deepEqual(
      destinations(
        "routes: [{match: [{uri: {prefix: /a}}], to: [{service: old, weight: 0}, {service: new, weight: 100}]}]",
      )?.[0],
      [{ destination: { host: "new.shop.svc.cluster.local", port } }],
    );
  });

  it("reads a service in the application's namespace, or in the one that is named", () => {
    assert.deepEqual(
      destinations(
        "routes: [{match: [{uri: {prefix: /a}}], to: {service: items}}, {match: [{uri: {prefix: /b}}], to: {service: items, namespace: stock}}]",
      )?.slice(0, 2),
      [
        [{ destination: { host: "items.shop.svc.cluster.local", port } }],
        [{ destination: { host: "items.stock.svc.cluster.local", port } }],
      ],
    );
  });

  it("takes a neighbour's port from this stack, unless the route names one", () => {
    const keys =
      "routes: [{match: [{uri: {prefix: /a}}], to: {service: items}}, {match: [{uri: {prefix: /b}}], to: {service: items, port: 9999}}]";
    assert.deepEqual(
      destinations(keys, { items: 9000 })?.map((route) => route?.[0]?.destination.port),
      [{ number: 9000 }, { number: 9999 }, { number: 8080 }],
    );
  });

  it("adds up to 100 on every route, whatever was left out", () => {
    fc.assert(
      fc.property(arbitraryApp, (input) => {
        const [app] = settingsOf({ "eks-istio:apps": { checkout: input } }).apps;
        const routing = resolveApp(app!, portsOf([]));
        const rules = [ruleOf(routing, "gateway"), ruleOf(routing, "mesh")];
        for (const { route, redirect, directResponse } of rules.flatMap((rule) => rule?.spec.http ?? [])) {
          const weights = (route ?? []).map(({ weight }) => weight);
          if (weights.length > 1)
            assert.equal(
              weights.reduce<number>((sum, weight) => sum + (weight ?? Number.NaN), 0),
              100,
            );
          else assert.deepEqual(weights, (redirect ?? directResponse) ? [] : [undefined]);
        }
      }),
    );
  });
});
