import assert from "node:assert/strict";
import { planned } from "./support";

const external = {
  bank: { hosts: ["bank.example.org"], port: 80, protocol: "http", tls: "originate" },
  s3: { hosts: ["s3.eu-west-1.amazonaws.com", "*.s3.eu-west-1.amazonaws.com"], port: 443, protocol: "tls" },
};
const apps = { checkout: { namespace: "shop", port: 8080, calls: [{ external: "bank" }] } };

describe("what lies outside of the mesh", () => {
  it("is no component where a stack file names nothing", async () => {
    assert.deepEqual((await planned()).ofType("eks-istio:stage:External"), []);
  });

  it("is an entry for each name and each wildcard, with a rule where sidecars speak TLS", async () => {
    assert.deepEqual((await planned({ external, apps })).children("stage:External shop-external"), [
      "kubernetes:networking.istio.io/v1:DestinationRule shop-external-bank-bank.example.org",
      "kubernetes:networking.istio.io/v1:ServiceEntry shop-external-bank",
      "kubernetes:networking.istio.io/v1:ServiceEntry shop-external-s3",
      "kubernetes:networking.istio.io/v1:ServiceEntry shop-external-s3-wildcard",
    ]);
  });

  it("is told when istiod serves, in the namespace that came with it, and holds up no application", async () => {
    const plan = await planned({ external, apps });
    for (const each of plan.ofType(/:ServiceEntry$/)) {
      assert.deepEqual(plan.direct(each), ["Release shop-mesh-istiod", "kubernetes shop-kubernetes"]);
      assert.deepEqual(plan.after(each), []);
    }
  });

  it("is listed in the Sidecar of who calls it, which waits for istiod and its namespace", async () => {
    const plan = await planned({ external, apps });
    const sidecar = "Sidecar shop-app-checkout-sidecar";
    assert.deepEqual(plan.direct(sidecar), [
      "Namespace shop-namespaces-shop",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
    assert.deepEqual(plan.inputs(sidecar).spec, {
      workloadSelector: { labels: { app: "checkout" } },
      egress: [
        {
          hosts: [
            "istio-system/bank.example.org",
            "shop/checkout.shop.svc.cluster.local",
            "istio-system/istiod.istio-system.svc.cluster.local",
          ],
        },
      ],
    });
  });
});
