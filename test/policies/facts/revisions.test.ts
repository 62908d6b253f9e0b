import assert from "node:assert/strict";
import type { ResourceData } from "../../../policies/engine/resource";
import { Undecided, unknown } from "../../../policies/engine/value";
import { proxyConfigOf } from "../../../policies/facts/istio/proxy-config";
import { planesInCharge } from "../../../policies/facts/istio/revisions";
import { workloads } from "../../../policies/facts/istio/workloads";
import { deployment, inventoryOf, labelsOf, object, release } from "./objects";

function istiod(revision: unknown, config: object = {}, more: object = {}): ResourceData {
  const values = { ...(revision !== "default" && { revision }), meshConfig: { defaultConfig: config }, ...more };
  return release({ chart: "istiod", name: `istiod-${String(revision)}`, namespace: "istio-system", values });
}

function namespace(labels: unknown): ResourceData {
  return object("v1", "Namespace", { name: "shop", namespace: undefined, labels });
}

function tag(name: unknown, revision: unknown): ResourceData {
  const labels = { "istio.io/tag": name, "istio.io/rev": revision };
  return object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", { name: "tag", labels });
}

const both = [istiod("canary"), istiod("default")];

/** The control planes that may be in charge of pods with these labels, by their revisions. */
function inCharge(labels: unknown, ...more: ResourceData[]): string[] {
  const inventory = inventoryOf([...more, deployment({ name: "cart" }, labels)]);
  const pods = workloads(inventory).find(({ resource }) => resource.label === "Deployment shop/cart")!;
  return labelsOf(planesInCharge(pods, inventory)).map((label) => label.replace("Release istio-system/istiod-", ""));
}

describe("the control plane in charge of pods", () => {
  it("is the one that labels name, a namespace's before its pods'", () => {
    assert.deepEqual(inCharge({ "istio.io/rev": "canary" }, ...both), ["canary"]);
    assert.deepEqual(inCharge({}, namespace({ "istio.io/rev": "canary" }), ...both), ["canary"]);
    assert.deepEqual(inCharge({ "istio.io/rev": "default" }, namespace({ "istio.io/rev": "canary" }), ...both), [
      "canary",
    ]);
    assert.deepEqual(inCharge({ "istio.io/rev": "canary" }, namespace({ team: "shop" }), ...both), ["canary"]);
  });

  it("is the default's where a namespace is injected without a name, or nothing has a label", () => {
    for (const labels of [
      { "istio-injection": "enabled" },
      { "istio-injection": "enabled", "istio.io/rev": "canary" },
      {},
    ])
      assert.deepEqual(inCharge({}, namespace(labels), ...both), ["default"]);
    assert.deepEqual(inCharge({ "istio.io/rev": "canary" }, namespace({ "istio-injection": "enabled" }), ...both), [
      "default",
    ]);
  });

  it("is whose the pods say that they are where no webhook comes by", () => {
    const alone = { "istio.io/rev": "canary", "sidecar.istio.io/inject": "false" };
    assert.deepEqual(inCharge(alone, namespace({ "istio-injection": "enabled" }), ...both), ["canary"]);
  });

  it("is the only one here, unless labels name another", () => {
    assert.deepEqual(inCharge({}, istiod("canary")), ["canary"]);
    assert.deepEqual(inCharge({}, namespace({ "istio-injection": "enabled" }), istiod("canary")), ["canary"]);
    assert.deepEqual(inCharge({ "istio.io/rev": "blue" }, istiod("canary")), []);
    assert.deepEqual(inCharge({}), []);
  });

  it("may be any where nothing here says", () => {
    assert.deepEqual(inCharge({}, ...both), ["default", "canary"]);
    assert.deepEqual(inCharge({}, namespace({}), istiod("canary"), istiod("blue")), ["canary", "blue"]);
  });

  it("is found through a tag", () => {
    assert.deepEqual(inCharge({ "istio.io/rev": "prod" }, tag("prod", "canary"), ...both), ["canary"]);
    const tagging = istiod("canary", {}, { revisionTags: ["prod"] });
    assert.deepEqual(inCharge({ "istio.io/rev": "prod" }, tagging, istiod("default")), ["canary"]);
    assert.deepEqual(inCharge({ "istio.io/rev": "prod" }, tag("prod", "green"), ...both), []);
    assert.deepEqual(
      inCharge(
        {},
        namespace({ "istio-injection": "enabled" }),
        tag("default", "canary"),
        istiod("canary"),
        istiod("blue"),
      ),
      ["canary"],
    );
  });

  it("can't be said while what decides is unknown", () => {
    const named = { "istio.io/rev": "prod" };
    for (const unclear of [tag(unknown, "canary"), tag("prod", unknown), istiod("blue", {}, { revisionTags: unknown })])
      assert.throws(() => inCharge(named, unclear, ...both), Undecided);
    assert.throws(() => inCharge(named, istiod(unknown)), Undecided);
    assert.throws(() => inCharge(named, release({ chart: unknown, name: "istiod-prod" }), ...both), Undecided);
    assert.throws(() => inCharge({}, namespace({ "istio.io/rev": unknown }), ...both), Undecided);
    assert.throws(() => inCharge({ "istio.io/rev": unknown }, ...both), Undecided);
    assert.deepEqual(inCharge({ "istio.io/rev": "canary" }, tag(unknown, unknown), ...both), ["canary"]);
  });
});

describe("the configuration of a proxy", () => {
  const drains = (seconds: number) => ({ terminationDrainDuration: `${seconds}s` });

  function drainOf(labels: object, annotations: object, ...more: ResourceData[]): unknown {
    const inventory = inventoryOf([...more, deployment({ name: "cart" }, labels, { annotations })]);
    const pods = workloads(inventory).find(({ resource }) => resource.label === "Deployment shop/cart")!;
    return proxyConfigOf(pods, inventory).get("terminationDrainDuration");
  }

  it("is that of the control plane in charge, whichever comes first", () => {
    const planes = [istiod("default", drains(1)), istiod("canary", drains(2))];
    for (const order of [planes, [...planes].reverse()]) {
      assert.equal(drainOf({ "istio.io/rev": "canary" }, {}, ...order), "2s");
      assert.equal(drainOf({}, {}, namespace({ "istio-injection": "enabled" }), ...order), "1s");
    }
  });

  it("can't be said where two differ that may be in charge, unless the pods say it themselves", () => {
    const planes = [istiod("default", drains(1)), istiod("canary", drains(2))];
    assert.throws(() => drainOf({}, {}, ...planes), {
      path: ["spec", "template", "metadata", "labels", "istio.io/rev"],
      message:
        "doesn't say which control plane is in charge, and Release istio-system/istiod-default and Release istio-system/istiod-canary differ",
    });
    assert.equal(drainOf({}, { "proxy.istio.io/config": "terminationDrainDuration: 3s" }, ...planes), "3s");
    assert.equal(drainOf({}, {}, istiod("default", drains(1)), istiod("canary", drains(1))), "1s");
  });

  it("can't be said where the pods' annotation is no YAML", () => {
    assert.throws(() => drainOf({}, { "proxy.istio.io/config": "a: [" }, istiod("default")), {
      message: "isn't readable YAML",
    });
  });
});
