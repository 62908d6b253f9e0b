import assert from "node:assert/strict";
import type { ResourceData } from "../../../policies/engine/resource";
import { Undecided, unknown } from "../../../policies/engine/value";
import { controlPlanes, isInjectedByDefault, meshConfig, rootNamespace } from "../../../policies/facts/istio/mesh";
import { inventoryOf, object, release } from "./objects";

function istiod(values: object, more: object = {}): ResourceData {
  return release({ chart: "istiod", name: "istiod", namespace: "istio-system", values, ...more });
}

function configMap(name: unknown, data: unknown, namespace: unknown = "istio-system"): ResourceData {
  return object("v1", "ConfigMap", { name, namespace }, { data });
}

function answers(...resources: ResourceData[]) {
  const inventory = inventoryOf(resources);
  return {
    count: controlPlanes(inventory).length,
    root: rootNamespace(inventory),
    log: meshConfig(inventory)?.get("accessLogFile").text(),
    injects: isInjectedByDefault(inventory),
  };
}

const injected = JSON.stringify({ sidecarInjectorWebhook: { enableNamespacesByDefault: true } });

describe("the mesh's own configuration", () => {
  it("has Istio's defaults where Istio is installed elsewhere", () => {
    const nothing = { count: 0, root: "istio-system", log: undefined, injects: false };
    assert.deepEqual(answers(), nothing);
    assert.deepEqual(answers(configMap("istio", { mesh: "rootNamespace: own" }, "shop")), nothing);
    assert.deepEqual(answers(configMap("istio-ca-root-cert", { "root-cert.pem": "…" })), nothing);
  });

  it("is what istiod's Release is given", () => {
    const webhook = { sidecarInjectorWebhook: { enableNamespacesByDefault: true } };
    assert.deepEqual(answers(istiod({ meshConfig: { rootNamespace: "own", accessLogFile: "/log" }, ...webhook })), {
      count: 1,
      root: "own",
      log: "/log",
      injects: true,
    });
    assert.equal(answers(istiod({ global: { istioNamespace: "mesh" } })).root, "mesh");
  });

  it("is what the ConfigMaps of a rendered chart hold", () => {
    const mesh = configMap("istio", { mesh: "rootNamespace: own\naccessLogFile: /log\n" });
    const injector = configMap("istio-sidecar-injector", { config: "policy: enabled", values: injected });
    assert.deepEqual(answers(mesh, injector), { count: 1, root: "own", log: "/log", injects: true });
    assert.deepEqual(answers(mesh), { count: 1, root: "own", log: "/log", injects: false });
  });

  it("is a revision's, too", () => {
    const mesh = configMap("istio-canary", { mesh: "rootNamespace: own" });
    const injector = configMap("istio-sidecar-injector-canary", { values: injected });
    assert.deepEqual(answers(mesh, injector), { count: 1, root: "own", log: undefined, injects: true });
  });

  it("counts a Release and what its chart makes once, and takes what is made", () => {
    const mesh = configMap("istio", { mesh: "rootNamespace: made" });
    assert.deepEqual(answers(istiod({ meshConfig: { rootNamespace: "given" } }), mesh), {
      count: 1,
      root: "made",
      log: undefined,
      injects: false,
    });
    assert.equal(answers(istiod({ revision: "canary" }), mesh).count, 2);
  });

  it("can't be said while what decides is unknown", () => {
    for (const unclear of [
      istiod({ meshConfig: { rootNamespace: unknown } }),
      istiod({}, { chart: unknown }),
      configMap("istio", { mesh: unknown }),
      configMap("istio", unknown),
      configMap(unknown, { mesh: "rootNamespace: own" }),
      configMap("istio", { mesh: "rootNamespace: own" }, unknown),
    ])
      assert.throws(() => rootNamespace(inventoryOf([unclear])), Undecided);
  });

  it("isn't kept from an answer by what is unknown of others", () => {
    const own = istiod({ meshConfig: { rootNamespace: "own" } });
    assert.equal(answers(own, istiod({}, { chart: unknown })).root, "own");
    assert.equal(answers(configMap(unknown, { settings: "1" }), configMap("app", unknown)).root, "istio-system");
  });

  it("passes over what is no YAML", () => {
    assert.equal(answers(configMap("istio", { mesh: "a: [" })).root, "istio-system");
  });
});
