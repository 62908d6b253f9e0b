import assert from "node:assert/strict";
import type { ResourceData } from "../../../policies/engine/resource";
import { Undecided, unknown } from "../../../policies/engine/value";
import { controlPlanes } from "../../../policies/facts/istio/control-planes";
import { isInjectedByDefault, isRootNamespace, meshConfig, rootNamespace } from "../../../policies/facts/istio/mesh";
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

/** What `istioctl tag set` makes. */
function tag(name: unknown, revision: unknown): ResourceData {
  const labels = { "istio.io/tag": name, "istio.io/rev": revision };
  const metadata = { name: `istio-revision-tag-${String(name)}`, labels };
  return object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", metadata, { webhooks: [] });
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

  it("is read in both spellings of its fields, of which the first counts", () => {
    const meshConfig = { root_namespace: "own", access_log_file: "/a", accessLogFile: "/b" };
    assert.deepEqual(answers(istiod({ meshConfig })), { count: 1, root: "own", log: "/b", injects: false });
    const mesh = configMap("istio", { mesh: "root_namespace: own\naccess_log_file: /a\n" });
    assert.deepEqual(answers(mesh), { count: 1, root: "own", log: "/a", injects: false });
  });

  it("has one spelling for what istiod merges by itself, but two below that", () => {
    const read = (given: object, ...keys: string[]) =>
      meshConfig(inventoryOf([istiod({ meshConfig: given })]))
        ?.get(...keys)
        .plain();
    assert.equal(read({ default_config: { drainDuration: "7s" } }, "defaultConfig", "drainDuration"), undefined);
    assert.equal(read({ defaultConfig: { drain_duration: "7s" } }, "defaultConfig", "drainDuration"), "7s");
    assert.equal(read({ default_providers: { tracing: ["otel"] } }, "defaultProviders", "tracing"), undefined);
    assert.deepEqual(read({ extension_providers: [{ name: "otel" }] }, "extensionProviders"), [{ name: "otel" }]);
  });

  it("is a revision's, too", () => {
    const mesh = configMap("istio-canary", { mesh: "rootNamespace: own" });
    const injector = configMap("istio-sidecar-injector-canary", { values: injected });
    assert.deepEqual(answers(mesh, injector, tag("default", "canary")), {
      count: 1,
      root: "own",
      log: undefined,
      injects: true,
    });
    const tagged = istiod({ revision: "canary", revisionTags: ["default"], ...JSON.parse(injected) });
    assert.equal(isInjectedByDefault(inventoryOf([tagged])), true);
    // The webhook for namespaces without labels is the revision default's only: somebody else may have made the tag.
    assert.throws(() => isInjectedByDefault(inventoryOf([mesh, injector])), {
      message: "counts only with a revision tag called default, which isn't here",
    });
  });

  it("is one of another namespace, where an injector is beside it", () => {
    const mesh = configMap("istio", { mesh: "rootNamespace: own" }, "mesh");
    const injector = configMap("istio-sidecar-injector", { values: injected }, "mesh");
    assert.deepEqual(answers(mesh, injector), { count: 1, root: "own", log: undefined, injects: true });
    assert.equal(answers(mesh, configMap("istio-sidecar-injector", { values: "{}" }, "other")).count, 0);
    assert.throws(() => answers(mesh, configMap("istio-sidecar-injector", { values: "{}" }, unknown)), Undecided);
  });

  it("is the revision's default before another's, whatever comes first", () => {
    const canary = istiod({ revision: "canary" });
    const maps = [configMap("istio-blue", { mesh: "{}" }), configMap("istio", { mesh: "{}" })];
    const revisions = (...all: ResourceData[]) => controlPlanes(inventoryOf(all)).map(({ revision }) => revision);
    assert.deepEqual(revisions(canary, istiod({})), ["default", "canary"]);
    assert.deepEqual(revisions(...maps, canary), ["default", "blue", "canary"]);
    const labelled = object("v1", "ConfigMap", { name: "istio", namespace: "istio-system" }, { data: { mesh: "{}" } });
    Object.assign(labelled.properties.metadata as object, { labels: { "istio.io/rev": "green" } });
    assert.deepEqual(revisions(labelled, istiod({ revision: unknown })), ["green", undefined]);
  });

  it("can't be said where control planes differ, and can where they agree", () => {
    const one = istiod({ meshConfig: { rootNamespace: "own", accessLogFile: "/log" } });
    const two = (meshConfig: object) => istiod({ revision: "canary", meshConfig }, { name: "istiod-canary" });
    const agreeing = inventoryOf([one, two({ rootNamespace: "own", accessLogFile: "/log" })]);
    assert.equal(rootNamespace(agreeing), "own");
    assert.equal(meshConfig(agreeing)?.get("accessLogFile").text(), "/log");
    for (const differing of [
      inventoryOf([one, two({ rootNamespace: "other" })]),
      inventoryOf([two({ rootNamespace: "other" }), one]),
    ]) {
      const message = "is another than that of Release istio-system/istiod";
      assert.throws(() => rootNamespace(differing), { message });
      assert.throws(() => meshConfig(differing)?.get("accessLogFile"), { message });
      assert.equal(isRootNamespace("shop", differing), false);
      assert.throws(() => isRootNamespace("own", differing), { message });
    }
  });

  it("counts a Release and what its chart makes once, and takes what is made", () => {
    const mesh = configMap("istio", { mesh: "rootNamespace: made" });
    assert.deepEqual(answers(istiod({ meshConfig: { rootNamespace: "given" } }), mesh), {
      count: 1,
      root: "made",
      log: undefined,
      injects: false,
    });
    assert.equal(controlPlanes(inventoryOf([istiod({ revision: "canary" }), mesh])).length, 2);
  });

  it("can't be said while what decides is unknown", () => {
    for (const unclear of [
      istiod({ meshConfig: { rootNamespace: unknown } }),
      istiod({}, { chart: unknown }),
      configMap("istio", { mesh: unknown }),
      configMap("istio", unknown),
      istiod({}, { valueYamlFiles: [{ path: "values.yaml" }] }),
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

  it("can't be said where it is no YAML that holds a map", () => {
    for (const mesh of ["a: [", "text", "- rootNamespace: own", 1])
      assert.throws(() => answers(configMap("istio", { mesh })), { message: "isn't readable YAML" });
    for (const mesh of ["", "{}", "# nothing"])
      assert.equal(answers(configMap("istio", { mesh })).root, "istio-system");
    const files = { valueYamlFiles: ["more.yaml"] };
    assert.equal(rootNamespace(inventoryOf([istiod({ meshConfig: { rootNamespace: "own" } }, files)])), "own");
  });
});
