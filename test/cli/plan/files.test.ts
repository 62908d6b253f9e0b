import assert from "node:assert/strict";
import { filesOf } from "../../../cli/plan/files";
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
});
