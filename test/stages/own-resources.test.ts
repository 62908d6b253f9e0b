import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { deployed, registrationOf } from "./deployed";

describe("a program that adds resources of its own to the platform", () => {
  it("has them made by the platform's provider, like all in the cluster", async () => {
    const deployment = await deployed(() => createRequire(__filename)("../../examples/own-resources") as unknown);
    const { provider, inputs } = registrationOf(deployment, "kubernetes:core/v1:ConfigMap", "shop-settings");
    const gateway = registrationOf(deployment, "kubernetes:core/v1:Service", "shop-istio-ingress/istio-ingress");
    assert.equal(provider, gateway.provider);
    assert.deepEqual(inputs.data, { currency: "KRW" });
  });
});
