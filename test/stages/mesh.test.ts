import assert from "node:assert/strict";
import { chartFolder } from "../charts";
import { planned, type Graph } from "./support";

const restricted = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "v1.33",
};

describe("Mesh", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned();
  });

  it("has a namespace, two releases and one policy", () => {
    assert.deepEqual(plan.children("stage:Mesh shop-mesh"), [
      "kubernetes:core/v1:Namespace shop-mesh-namespace",
      "kubernetes:helm.sh/v3:Release shop-mesh-base",
      "kubernetes:helm.sh/v3:Release shop-mesh-istiod",
      "kubernetes:security.istio.io/v1:PeerAuthentication shop-mesh-mtls",
    ]);
  });

  it("lives in Istio's root namespace, whose own pods get no sidecar", () => {
    assert.deepEqual(plan.inputs("Namespace shop-mesh-namespace"), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "istio-system", labels: restricted, annotations: { "pulumi.com/patchForce": "true" } },
    });
  });

  it("gets none of a revision's sidecars there either", async () => {
    const revised = await planned({ mesh: { revision: "canary" } });
    assert.deepEqual(
      (revised.inputs("Namespace shop-mesh-namespace").metadata as { labels: object }).labels,
      restricted,
    );
  });

  for (const [release, chart] of [
    ["istio-base", "base"],
    ["istiod", "istiod"],
  ] as const) {
    it(`installs the chart ${chart} in the pinned version, under a name of its own`, () => {
      const { values: _, ...inputs } = plan.inputs(`Release shop-mesh-${chart}`);
      assert.deepEqual(inputs, {
        name: release,
        namespace: "istio-system",
        chart,
        version: "1.31.1",
        repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
        timeout: 600,
        cleanupOnFail: true,
        maxHistory: 5,
        compat: "true",
      });
    });
  }

  const charts = chartFolder("1.31.1");
  for (const [repository, chart] of [
    ["oci://registry.example.com/istio/", "oci://registry.example.com/istio/istiod"],
    [charts, `${charts}/istiod`],
  ] as const) {
    it(`takes its charts from ${repository === charts ? "a folder" : repository} where the stack says so`, async () => {
      const mirrored = await planned({ mesh: { repository } });
      const inputs = mirrored.inputs("Release shop-mesh-istiod");
      assert.deepEqual([inputs.chart, inputs.version, inputs.repositoryOpts], [chart, "1.31.1", undefined]);
    });
  }

  it("asks for mutual TLS in the whole mesh", () => {
    assert.deepEqual(plan.inputs("PeerAuthentication shop-mesh-mtls"), {
      apiVersion: "security.istio.io/v1",
      kind: "PeerAuthentication",
      metadata: { name: "default", namespace: "istio-system", annotations: { "pulumi.com/patchForce": "true" } },
      spec: { mtls: { mode: "STRICT" } },
    });
  });

  it("runs istiod in two pods or more", () => {
    const { autoscaleEnabled, autoscaleMin } = plan.inputs("Release shop-mesh-istiod").values as Record<
      string,
      unknown
    >;
    assert.deepEqual({ autoscaleEnabled, autoscaleMin }, { autoscaleEnabled: true, autoscaleMin: 2 });
  });

  it("keeps its namespace until its pods have ended, which takes nodes", () => {
    assert.ok(plan.direct("Namespace shop-mesh-namespace").includes("NodeGroup shop-default"));
  });
});

describe("MtlsOverrides", () => {
  const mesh = {
    mtls: {
      overrides: {
        legacy: { namespace: "shop", selector: { app: "stock" }, mode: "PERMISSIVE", ports: { 8080: "DISABLE" } },
      },
    },
  };
  const apps = { stock: { namespace: "shop", port: 8080 } };

  it("is not there where the stack has no exception", async () => {
    const plan = await planned({ apps });
    assert.deepEqual(plan.ofType("eks-istio:stage:MtlsOverrides"), []);
  });

  it("makes a policy of each exception, in its namespace", async () => {
    const plan = await planned({ mesh, apps });
    assert.deepEqual(plan.inputs("PeerAuthentication shop-mtls-shop/legacy"), {
      apiVersion: "security.istio.io/v1",
      kind: "PeerAuthentication",
      metadata: { name: "legacy", namespace: "shop", annotations: { "pulumi.com/patchForce": "true" } },
      spec: {
        selector: { matchLabels: { app: "stock" } },
        mtls: { mode: "PERMISSIVE" },
        portLevelMtls: { 8080: { mode: "DISABLE" } },
      },
    });
  });

  it("waits for istiod and for its namespace", async () => {
    const plan = await planned({ mesh, apps });
    assert.deepEqual(plan.direct("PeerAuthentication shop-mtls-shop/legacy"), [
      "Namespace shop-namespaces-shop",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  const inGateways = (namespace: string, selector: string) => ({
    mtls: { overrides: { scraped: { namespace, selector: { istio: selector }, ports: { 15090: "PERMISSIVE" } } } },
  });

  it("waits for a gateway's namespace", async () => {
    const plan = await planned({ mesh: inGateways("istio-ingress", "ingress") });
    assert.deepEqual(plan.direct("PeerAuthentication shop-mtls-istio-ingress/scraped"), [
      "Namespace shop-istio-ingress",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("waits for a namespace that several gateways share", async () => {
    const plan = await planned({
      mesh: inGateways("edge", "ingress-internal"),
      domain: { name: "example.com", gateway: "public", additional: [{ name: "example.org", gateway: "internal" }] },
      gateways: { public: { namespace: "edge" }, internal: { namespace: "edge", scheme: "internal" } },
    });
    assert.deepEqual(plan.direct("PeerAuthentication shop-mtls-edge/scraped"), [
      "Namespace shop-gateway-namespaces-edge",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("waits for no namespace that this stack does not make", async () => {
    const plan = await planned({
      mesh: { mtls: { overrides: { legacy: { ...mesh.mtls.overrides.legacy, namespace: "elsewhere" } } } },
      namespaces: { elsewhere: { create: false } },
    });
    assert.deepEqual(plan.direct("PeerAuthentication shop-mtls-elsewhere/legacy"), [
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });
});
