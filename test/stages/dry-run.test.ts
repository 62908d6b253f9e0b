import assert from "node:assert/strict";
import { recorded } from "../stack";

describe("a mesh whose access is only counted", () => {
  it("has policies that Istio enforces none of, as the cluster gets them", async () => {
    const resources = await recorded(`
eks-istio:mesh: {access: {default: dryRun}}
eks-istio:apps:
  shop: {host: shop, namespace: shop, port: 80, access: [{from: [{gateway: default}]}, {action: DENY, paths: [/a]}]}
`);
    const policies = resources.flatMap(({ inputs }) => {
      const { kind, metadata } = inputs as { kind?: string; metadata?: { name: string; annotations?: object } };
      return kind === "AuthorizationPolicy" && metadata ? [[metadata.name, metadata.annotations]] : [];
    });
    const annotations = { "istio.io/dry-run": "true", "pulumi.com/patchForce": "true" };
    assert.deepEqual(Object.fromEntries(policies), {
      "allow-nothing": annotations,
      "istio-ingress": annotations,
      "shop.allow": annotations,
      "shop.deny": annotations,
    });
  });
});
