import assert from "node:assert/strict";
import { unknown } from "../../../policies/engine/value";
import { gatewayWorkloads } from "../../../policies/facts/edge/gateway-pods";
import { deployment, inventoryOf, labelsOf } from "./objects";

const proxy = { containers: [{ name: "istio-proxy", image: "auto" }] };

describe("the gateways that are made here", () => {
  it("are what runs the proxy alone, whatever else isn't known", () => {
    const inventory = inventoryOf([
      deployment({ name: "edge" }, { istio: "edge", build: unknown }, {}, proxy),
      deployment({ name: "stray", namespace: unknown }, { istio: "stray" }, {}, proxy),
      deployment({ name: "cart" }, { app: "cart" }),
    ]);
    assert.deepEqual(labelsOf(gatewayWorkloads(inventory)), ["Deployment shop/edge", "Deployment (unknown)/stray"]);
  });
});
