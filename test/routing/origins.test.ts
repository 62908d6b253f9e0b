import assert from "node:assert/strict";
import type { Origin } from "../../components/routing/model";
import { appliesTo } from "../../components/routing/resolve";

const ingress: Origin = { kind: "gateway", name: "internal" };
const mesh: Origin = { kind: "mesh" };

describe("where a match can hold", () => {
  it("is everywhere, if it says nothing of the request's origin", () => {
    assert.deepEqual(
      [appliesTo(ingress, { uri: { exact: "/" } }), appliesTo(mesh, { uri: { exact: "/" } })],
      [true, true],
    );
  });

  it("is where its gateways say", () => {
    assert.deepEqual(
      [appliesTo(ingress, { gateways: ["internal"] }), appliesTo(mesh, { gateways: ["internal"] })],
      [true, false],
    );
    assert.deepEqual(
      [appliesTo(ingress, { gateways: ["mesh"] }), appliesTo(mesh, { gateways: ["mesh"] })],
      [false, true],
    );
    assert.deepEqual(
      [appliesTo(ingress, { gateways: ["internal", "mesh"] }), appliesTo(mesh, { gateways: ["internal", "mesh"] })],
      [true, true],
    );
  });

  it("is inside the mesh only, if it asks for the caller's labels or namespace", () => {
    assert.deepEqual(
      [appliesTo(ingress, { sourceLabels: { app: "orders" } }), appliesTo(mesh, { sourceLabels: { app: "orders" } })],
      [false, true],
    );
    assert.deepEqual(
      [appliesTo(ingress, { sourceNamespace: "shop" }), appliesTo(mesh, { sourceNamespace: "shop" })],
      [false, true],
    );
    assert.equal(appliesTo(ingress, { sourceNamespace: "shop", gateways: ["internal", "mesh"] }), false);
  });
});
