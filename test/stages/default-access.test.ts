import assert from "node:assert/strict";
import { planned, type Graph } from "./support";

const policy = "kubernetes:security.istio.io/v1:AuthorizationPolicy";
const namespaced = { namespace: "shop", port: 8080 };

/** A stack with two gateways, whose applications have rules of every kind. */
function plan(byDefault: "allow" | "dryRun" | "deny"): Promise<Graph> {
  return planned({
    domain: { name: "example.com", gateway: "default", additional: [{ name: "example.org", gateway: "internal" }] },
    gateways: { default: {}, internal: { scheme: "internal" } },
    mesh: {
      access: { default: byDefault },
      providers: { opa: { envoyExtAuthzGrpc: { service: "opa.opa-system.svc.cluster.local", port: 9191 } } },
    },
    apps: {
      web: { ...namespaced, host: "web", access: [{ from: [{ gateway: "default" }] }] },
      checkout: {
        ...namespaced,
        jwt: [{ issuer: "https://id.example.org" }],
        access: [
          { from: [{ app: "web" }] },
          { action: "DENY", paths: ["/admin"] },
          { action: "CUSTOM", provider: "opa" },
        ],
      },
    },
  });
}

const rules = ["checkout-access-allow", "checkout-access-custom", "checkout-access-deny", "web-access-allow"].map(
  (name) => `AuthorizationPolicy shop-app-${name}`,
);
const counted = rules.filter((each) => !each.includes("custom"));
const gateways = [
  "AuthorizationPolicy shop-access-gateway-default",
  "AuthorizationPolicy shop-access-gateway-internal",
];
const closed = "AuthorizationPolicy shop-access-closed";

function policiesBefore(graph: Graph, resource: string): string[] {
  return graph.before(resource).filter((each) => graph.at(each).type === policy);
}

describe("a mesh that is open by default", () => {
  it("has no policies but those of its applications", async () => {
    assert.deepEqual((await plan("allow")).ofType(policy), rules);
  });
});

describe("a mesh that is closed by default", () => {
  it("has one policy for each gateway and one that closes it, in a component of their own", async () => {
    assert.deepEqual((await plan("deny")).children("stage:DefaultAccess shop-access"), [
      `${policy} shop-access-closed`,
      `${policy} shop-access-gateway-default`,
      `${policy} shop-access-gateway-internal`,
    ]);
  });

  it("is closed when all stands that lets in, so that nobody is refused for a moment", async () => {
    assert.deepEqual(policiesBefore(await plan("deny"), closed), [...gateways, ...rules]);
  });

  it("holds up nothing that lets in", async () => {
    const graph = await plan("deny");
    for (const each of [...gateways, ...rules]) assert.deepEqual(policiesBefore(graph, each), []);
  });

  it("has each gateway's policy in a namespace that is there", async () => {
    const graph = await plan("deny");
    assert.ok(graph.direct(gateways[0]!).includes("Namespace shop-istio-ingress"));
    assert.ok(graph.direct(gateways[1]!).includes("Namespace shop-istio-ingress-internal"));
  });

  it("makes every policy when istiod serves, whose webhook judges it", async () => {
    const graph = await plan("deny");
    for (const each of graph.ofType(policy)) assert.ok(graph.direct(each).includes("Release shop-mesh-istiod"), each);
  });
});

describe("a mesh that only counts what it would refuse", () => {
  it("opens first: what was enforced before holds until the mesh lets in", async () => {
    const graph = await plan("dryRun");
    assert.deepEqual(graph.ofType(policy), [closed, ...gateways, ...counted].sort());
    assert.deepEqual(policiesBefore(graph, closed), []);
    for (const each of [...gateways, ...counted]) assert.deepEqual(policiesBefore(graph, each), [closed], each);
  });

  it("has the same names as a closed one, so that going over changes objects and makes none", async () => {
    const [dryRun, deny] = await Promise.all([plan("dryRun"), plan("deny")]);
    assert.deepEqual(
      dryRun.children("stage:DefaultAccess shop-access"),
      deny.children("stage:DefaultAccess shop-access"),
    );
  });
});

describe("an application's tokens", () => {
  it("are known before its rules ask for them", async () => {
    const graph = await plan("allow");
    for (const each of rules.filter((rule) => rule.includes("checkout")))
      assert.ok(graph.direct(each).includes("RequestAuthentication shop-app-checkout-jwt"), each);
    assert.ok(!graph.before(rules.at(-1)!).includes("RequestAuthentication shop-app-checkout-jwt"));
  });
});
