import assert from "node:assert/strict";
import { planned, type Graph } from "./support";

const checkout = {
  host: "checkout",
  namespace: "shop",
  port: 8080,
  versions: { v1: { weight: 90 }, v2: { weight: 10 } },
  workload: { image: "registry.example.com/checkout:1.4.2" },
};

describe("App with a host, versions and a workload", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned({ apps: { checkout } });
  });

  it("names its children by what they are and by their version", () => {
    assert.deepEqual(plan.children("stage:App shop-app-checkout"), [
      "kubernetes:apps/v1:Deployment shop-app-checkout-v1",
      "kubernetes:apps/v1:Deployment shop-app-checkout-v2",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler shop-app-checkout-v1",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler shop-app-checkout-v2",
      "kubernetes:core/v1:Service shop-shop/checkout",
      "kubernetes:core/v1:ServiceAccount shop-shop/checkout",
      "kubernetes:networking.istio.io/v1:DestinationRule shop-app-checkout-destination-rule",
      "kubernetes:networking.istio.io/v1:VirtualService shop-app-checkout-ingress",
      "kubernetes:networking.istio.io/v1:VirtualService shop-app-checkout-mesh",
      "kubernetes:policy/v1:PodDisruptionBudget shop-app-checkout-v1",
      "kubernetes:policy/v1:PodDisruptionBudget shop-app-checkout-v2",
    ]);
  });

  it("binds its host to the wildcard Gateway", () => {
    const { metadata, spec } = plan.inputs("VirtualService shop-app-checkout-ingress") as {
      metadata: object;
      spec: { hosts: string[]; gateways: string[] };
    };
    assert.deepEqual(
      [metadata, spec.hosts, spec.gateways],
      [{ name: "checkout.ingress", namespace: "shop" }, ["checkout.example.com"], ["istio-ingress/wildcard"]],
    );
  });

  it("rules its service inside the mesh", () => {
    const { metadata, spec } = plan.inputs("VirtualService shop-app-checkout-mesh") as {
      metadata: object;
      spec: { hosts: string[]; gateways: string[] };
    };
    assert.deepEqual(
      [metadata, spec.hosts, spec.gateways],
      [{ name: "checkout", namespace: "shop" }, ["checkout.shop.svc.cluster.local"], ["mesh"]],
    );
  });

  it("tells where it is reached", () => {
    assert.deepEqual(plan.at("stage:App shop-app-checkout").outputs, { urls: ["https://checkout.example.com"] });
  });

  it("has its limit beside its rules", async () => {
    const limited = await planned({
      apps: { checkout: { ...checkout, rateLimit: { local: { requests: 10, per: "1s" } } } },
    });
    assert.deepEqual(limited.inputs("EnvoyFilter shop-app-checkout-rate-limit").metadata, {
      name: "checkout.rate-limit",
      namespace: "shop",
      annotations: { "pulumi.com/patchForce": "true" },
    });
  });

  it("defines its subsets before a route names them", () => {
    const rule = "DestinationRule shop-app-checkout-destination-rule";
    assert.deepEqual(
      [
        plan.direct("VirtualService shop-app-checkout-ingress").includes(rule),
        plan.direct("VirtualService shop-app-checkout-mesh").includes(rule),
      ],
      [true, true],
    );
  });

  it("binds its host when there is a Gateway to bind to", () => {
    assert.ok(plan.direct("VirtualService shop-app-checkout-ingress").includes("Gateway shop-gateway-wildcard"));
  });

  it("starts pods when there is a namespace, an identity, an istiod to inject them, and a DNS for them to find it", () => {
    assert.deepEqual(plan.direct("Deployment shop-app-checkout-v1"), [
      "Addon shop-addons-coredns",
      "Namespace shop-namespaces-shop",
      "Release shop-mesh-istiod",
      "ServiceAccount shop-shop/checkout",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("makes its Service, whose endpoints are waited for, when its pods can start", () => {
    assert.deepEqual(plan.direct("Service shop-shop/checkout"), [
      "Addon shop-addons-coredns",
      "Namespace shop-namespaces-shop",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  for (const child of [
    "ServiceAccount shop-shop/checkout",
    "HorizontalPodAutoscaler shop-app-checkout-v1",
    "PodDisruptionBudget shop-app-checkout-v1",
  ]) {
    it(`makes its ${child.split(" ")[0] ?? ""} in its namespace`, () => {
      assert.deepEqual(
        [(plan.inputs(child).metadata as { namespace: string }).namespace, plan.direct(child)],
        ["shop", ["Namespace shop-namespaces-shop", "kubernetes shop-kubernetes"]],
      );
    });
  }
});

describe("App of other kinds", () => {
  it("is the domain itself under the host @", async () => {
    const plan = await planned({ apps: { home: { ...checkout, host: "@" } } });
    assert.deepEqual(plan.at("stage:App shop-app-home").outputs, { urls: ["https://example.com"] });
  });

  it("is reached under another of the stack's domains where it says so", async () => {
    const plan = await planned({
      domain: { name: "example.com", additional: [{ name: "example.org" }] },
      apps: { home: { ...checkout, domain: "example.org" } },
    });
    assert.deepEqual(plan.at("stage:App shop-app-home").outputs, { urls: ["https://checkout.example.org"] });
  });

  it("has no URL and no rule for the gateway without a host", async () => {
    const plan = await planned({ apps: { stock: { namespace: "shop", port: 8080, timeout: "2s" } } });
    assert.deepEqual(
      [plan.children("stage:App shop-app-stock"), plan.at("stage:App shop-app-stock").outputs],
      [["kubernetes:networking.istio.io/v1:VirtualService shop-app-stock-mesh"], { urls: [] }],
    );
  });

  it("has no children where Kubernetes' own routing is all that is asked for", async () => {
    const plan = await planned({ apps: { stock: { namespace: "shop", port: 8080 } } });
    assert.deepEqual(plan.children("stage:App shop-app-stock"), []);
  });

  it("runs one version where it names none", async () => {
    const plan = await planned({ apps: { stock: { namespace: "shop", port: 8080, workload: checkout.workload } } });
    assert.deepEqual(plan.ofType("kubernetes:apps/v1:Deployment"), ["Deployment shop-app-stock-v1"]);
  });

  it("has no disruption budget for a single pod", async () => {
    const plan = await planned({
      apps: {
        stock: { namespace: "shop", port: 8080, workload: { ...checkout.workload, replicas: { min: 1, max: 1 } } },
      },
    });
    assert.deepEqual(plan.children("stage:App shop-app-stock"), [
      "kubernetes:apps/v1:Deployment shop-app-stock-v1",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler shop-app-stock-v1",
      "kubernetes:core/v1:Service shop-shop/stock",
      "kubernetes:core/v1:ServiceAccount shop-shop/stock",
    ]);
  });

  it("reaches a neighbour on the neighbour's own port", async () => {
    const plan = await planned({
      apps: {
        checkout: { host: "checkout", namespace: "shop", port: 8080, routes: [{ to: { service: "stock" } }] },
        stock: { namespace: "shop", port: 9090 },
      },
    });
    const { spec } = plan.inputs("VirtualService shop-app-checkout-ingress") as {
      spec: { http: { route: object[] }[] };
    };
    assert.deepEqual(spec.http[0]?.route, [
      { destination: { host: "stock.shop.svc.cluster.local", port: { number: 9090 } } },
    ]);
  });
});
