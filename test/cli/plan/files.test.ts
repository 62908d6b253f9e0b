import assert from "node:assert/strict";
import { filesOf, isPlan } from "../../../cli/plan/files";
import type { Plan } from "../../../cli/plan/plan";

describe("the files of a plan", () => {
  it("are one for each object, also where kinds of two groups share a name", () => {
    const gateway = (group: string) => ({
      apiVersion: `${group}/v1`,
      kind: "Gateway",
      metadata: { name: "web", namespace: "shop" },
    });
    const manifests = [gateway("networking.istio.io"), gateway("gateway.networking.k8s.io")];
    const files = filesOf({ manifests, releases: [] } as unknown as Plan);
    assert.deepEqual(Object.keys(files), [
      "manifests/shop_gateway_web.yaml",
      "manifests/shop_gateway_web_gateway.networking.k8s.io.yaml",
      "plan.json",
    ]);
  });

  it("stay in their folder, whatever a plan that somebody else wrote calls its objects", () => {
    const manifest = { apiVersion: "../v1", kind: "Service", metadata: { name: "../../web", namespace: "a/b" } };
    const files = filesOf({ manifests: [manifest], releases: [{ name: "../x", values: {} }] } as unknown as Plan);
    assert.deepEqual(Object.keys(files), ["manifests/a_b_service_.._.._web.yaml", "values/.._x.yaml", "plan.json"]);
  });
});

describe("JSON", () => {
  const manifest = { apiVersion: "v1", kind: "Service", metadata: { name: "web" } };

  it("is a plan where it has manifests and releases", () => {
    assert.equal(isPlan({ manifests: [manifest], releases: [{ name: "istiod" }] }), true);
  });

  for (const [what, value] of [
    ["no map", []],
    ["manifests that are none", { manifests: [null], releases: [] }],
    ["a manifest without metadata", { manifests: [{ ...manifest, metadata: null }], releases: [] }],
    ["a manifest whose name is a number", { manifests: [{ ...manifest, metadata: { name: 1 } }], releases: [] }],
    ["a release without a name", { manifests: [], releases: [{}] }],
  ] as const)
    it(`is no plan with ${what}`, () => assert.equal(isPlan(value), false));
});
