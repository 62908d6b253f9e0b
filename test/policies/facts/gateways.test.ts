import assert from "node:assert/strict";
import { evaluate } from "../../../policies/engine/evaluate";
import { noSettings } from "../../../policies/engine/settings";
import { Undecided, unknown } from "../../../policies/engine/value";
import { gatewayReferences, gatewaysOf } from "../../../policies/facts/istio/gateways";
import { hostCertificate } from "../../../policies/rules/istio/gateway/host-cert";
import { inventoryOf, labelsOf, object } from "./objects";

const gateway = object("networking.istio.io/v1", "Gateway", { name: "web" }, { spec: { selector: { istio: "gw" } } });

function rule(gateways: unknown, metadata: object = {}) {
  const spec = { hosts: ["shop.example.com"], ...(gateways === undefined ? {} : { gateways }) };
  return object("networking.istio.io/v1", "VirtualService", { name: "cart", ...metadata }, { spec });
}

function ask(gateways: unknown, metadata?: object) {
  const inventory = inventoryOf([gateway, rule(gateways, metadata)]);
  const [own] = inventory.objects("VirtualService");
  return { found: () => labelsOf(gatewaysOf(own!, inventory)), references: () => gatewayReferences(own!) };
}

describe("the Gateways of a VirtualService", () => {
  it("are those here that it names, with their namespace or in its own", () => {
    assert.deepEqual(ask(["web"]).found(), ["Gateway shop/web"]);
    assert.deepEqual(ask(["shop/web"], { namespace: "other" }).found(), ["Gateway shop/web"]);
    assert.deepEqual(ask(["web"], { namespace: "other" }).found(), []);
    assert.deepEqual(ask(["./web"]).found(), ["Gateway shop/web"]);
  });

  it("are those that istiod reads from a name with dots, too", () => {
    assert.deepEqual(ask(["web.shop"], { namespace: "other" }).found(), ["Gateway shop/web"]);
    assert.deepEqual(ask(["web.shop.svc.cluster.local"], { namespace: unknown }).found(), ["Gateway shop/web"]);
  });

  it("are none for the mesh, or without any", () => {
    assert.deepEqual(ask(["mesh"]).found(), []);
    assert.deepEqual(ask(undefined).found(), []);
    assert.deepEqual(
      ask(undefined)
        .references()
        .map(({ reference }) => reference),
      ["mesh"],
    );
  });

  it("can't be said while a name is unknown, or the namespace of a short one", () => {
    assert.throws(() => ask([unknown]).found(), Undecided);
    assert.throws(() => ask(["web"], { namespace: unknown }).found(), Undecided);
    assert.throws(() => ask(["./web"], { namespace: unknown }).found(), Undecided);
    assert.deepEqual(ask(["shop/web", "mesh"], { namespace: unknown }).found(), ["Gateway shop/web"]);
  });

  it("leave a note by IST-HOST-CERT where they can't be said", () => {
    const certificate = {
      source: "plan" as const,
      type: "aws:acm/certificate:Certificate",
      name: "web",
      properties: { domainName: "*.example.com" },
      dependencies: [],
    };
    const inventory = inventoryOf([gateway, certificate, rule(["web"], { namespace: unknown })]);
    const { findings, unjudged } = evaluate(inventory, [hostCertificate], noSettings);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      unjudged.map(({ resource, reason }) => `${resource}: ${reason}`),
      ["VirtualService (unknown)/cart: metadata.namespace is unknown"],
    );
  });
});
