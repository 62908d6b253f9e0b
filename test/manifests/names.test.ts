import assert from "node:assert/strict";
import { gatewayLabels, serviceHost } from "../../components/manifests/names";

describe("names", () => {
  it("of a service are whole, as Istio reads short ones in the rule's own namespace", () => {
    assert.equal(serviceHost("checkout", "shop"), "checkout.shop.svc.cluster.local");
  });

  it("of a gateway's pods are those of Istio's chart: the release, and the release without istio-", () => {
    assert.deepEqual(gatewayLabels("istio-ingress"), { app: "istio-ingress", istio: "ingress" });
    assert.deepEqual(gatewayLabels("edge"), { app: "edge", istio: "edge" });
    assert.deepEqual(gatewayLabels("my-istio-gateway"), { app: "my-istio-gateway", istio: "my-istio-gateway" });
    assert.deepEqual(gatewayLabels("istio-istio-edge"), { app: "istio-istio-edge", istio: "istio-edge" });
  });
});
