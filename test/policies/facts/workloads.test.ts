import assert from "node:assert/strict";
import type { ResourceData } from "../../../policies/engine/resource";
import { Undecided, unknown } from "../../../policies/engine/value";
import { selected, workloads, workloadsOf } from "../../../policies/facts/istio/workloads";
import { hasLimitRange } from "../../../policies/facts/kubernetes/containers";
import { hasPods, podTemplates, selectedPods } from "../../../policies/facts/kubernetes/pods";
import { assertKnown, type Selection } from "../../../policies/facts/kubernetes/selection";
import { servicesOf } from "../../../policies/facts/kubernetes/selectors";
import { deployment, inventoryOf, labelsOf, object, release } from "./objects";

const cart = deployment({ name: "cart" }, { app: "cart", version: "v1" });
const unclear = deployment({ name: "unclear" }, { app: unknown, version: "v2" });
const open = deployment({ name: "open" }, unknown);
const stray = deployment({ name: "stray", namespace: unknown }, { app: "cart", version: "v3" });
const machine = object(
  "networking.istio.io/v1",
  "WorkloadEntry",
  { name: "vm" },
  { spec: { labels: { app: "cart" } } },
);

function service(selector: unknown, metadata: object = {}): ResourceData {
  return object("v1", "Service", { name: "cart", ...metadata }, { spec: { selector } });
}

function gateway(more: object = {}): ResourceData {
  return release({ chart: "gateway", name: "istio-ingress", namespace: "edge", values: {}, ...more });
}

function told({ found, unknowns }: Selection) {
  return { found: labelsOf(found), unknowns: unknowns.map((value) => `${value.resource.name} ${value.path}`) };
}

describe("a selector", () => {
  const inventory = inventoryOf([cart, unclear, open, stray, machine]);

  it("selects the workloads that carry its labels, machines among them", () => {
    assert.deepEqual(told(selected(inventoryOf([cart, machine]), { app: "cart" }, "shop")), {
      found: ["Deployment shop/cart", "WorkloadEntry shop/vm"],
      unknowns: [],
    });
  });

  it("says what is unknown because of which it may select more", () => {
    assert.deepEqual(told(selected(inventory, { app: "cart" }, "shop")), {
      found: ["Deployment shop/cart", "WorkloadEntry shop/vm"],
      unknowns: [
        "unclear spec.template.metadata.labels.app",
        "open spec.template.metadata.labels",
        "stray metadata.namespace",
      ],
    });
  });

  it("knows that a label that differs decides, whatever else is unknown", () => {
    assert.deepEqual(told(selected(inventory, { app: "cart", version: "v1" }, "shop")), {
      found: ["Deployment shop/cart"],
      unknowns: ["open spec.template.metadata.labels"],
    });
    assert.deepEqual(told(selected(inventory, { app: "cart" }, "other")), {
      found: [],
      unknowns: ["stray metadata.namespace"],
    });
  });

  it("throws for an unknown one on demand only", () => {
    assert.throws(() => assertKnown(selected(inventory, { app: "cart" }, "shop")), Undecided);
    assertKnown(selected(inventoryOf([cart, machine]), { app: "cart" }, "shop"));
  });

  it("selects everything if it is empty, and nothing where a Service has none", () => {
    assert.equal(selected(inventoryOf([cart, machine]), {}, "shop").found.length, 2);
    const both = inventoryOf([cart, service(undefined)]);
    assert.deepEqual(told(workloadsOf(both, both.objects("Service")[0]!)), { found: [], unknowns: [] });
    assert.deepEqual(selectedPods(both, "shop", {}), []);
  });
});

describe("the pods of a Rollout", () => {
  function rollout(strategy: object): ResourceData {
    const template = { metadata: { labels: { app: "cart", version: "v1" } }, spec: { containers: [] } };
    return object("argoproj.io/v1alpha1", "Rollout", { name: "cart" }, { spec: { strategy, template } });
  }
  function experiment(...labels: unknown[]): object {
    const templates = labels.map((own) => ({ name: "trial", specRef: "canary", metadata: { labels: own } }));
    return { canary: { steps: [{ setWeight: 10 }, { experiment: { templates } }] } };
  }
  const found = (strategy: object, labels: Record<string, string>) =>
    told(selected(inventoryOf([rollout(strategy)]), labels, "shop"));

  it("are those of its experiments, too, with labels that go over the template's", () => {
    const strategy = experiment({ version: "trial" }, { role: "baseline" });
    const carried: Record<string, string>[] = [
      { app: "cart", version: "trial" },
      { version: "v1", role: "baseline" },
      { app: "cart" },
    ];
    for (const labels of carried)
      assert.deepEqual(found(strategy, labels), { found: ["Rollout shop/cart"], unknowns: [] });
    assert.deepEqual(found(strategy, { version: "trial", role: "baseline" }), { found: [], unknowns: [] });
    assert.deepEqual(found({}, { version: "trial" }), { found: [], unknowns: [] });
    assert.deepEqual(labelsOf(selectedPods(inventoryOf([rollout(strategy)]), "shop", { version: "trial" })), [
      "Rollout shop/cart",
    ]);
  });

  it("are its new and its old ones, with the labels that they have for a while", () => {
    const canary = { canaryMetadata: { labels: { role: "canary" } }, stableMetadata: { labels: { role: "stable" } } };
    const blueGreen = { activeMetadata: { labels: { role: "active" } }, previewMetadata: { labels: { role: "next" } } };
    for (const role of ["canary", "stable"]) assert.equal(found({ canary }, { app: "cart", role }).found.length, 1);
    for (const role of ["active", "next"]) assert.equal(found({ blueGreen }, { app: "cart", role }).found.length, 1);
  });

  it("can't be said while labels of an experiment are unknown that decide", () => {
    const at = (path: string) => ({ found: [], unknowns: [`cart ${path}`] });
    const labels = "spec.strategy.canary.steps[1].experiment.templates[0].metadata.labels";
    assert.deepEqual(found(experiment({ role: unknown }), { app: "cart", role: "trial" }), at(`${labels}.role`));
    assert.deepEqual(found(experiment(unknown), { role: "trial" }), at(labels));
    assert.deepEqual(found({ canary: unknown }, { role: "trial" }).unknowns.length > 0, true);
    assert.deepEqual(found(experiment({ role: unknown }), { app: "other", role: "trial" }), {
      found: [],
      unknowns: [],
    });
  });
});

describe("the pods of a selector", () => {
  it("are those of templates, without machines", () => {
    assert.deepEqual(labelsOf(selectedPods(inventoryOf([cart, machine]), "shop", { app: "cart" })), [
      "Deployment shop/cart",
    ]);
    assert.throws(() => selectedPods(inventoryOf([cart, unclear]), "shop", { app: "cart" }), Undecided);
    assert.deepEqual(labelsOf(podTemplates(inventoryOf([cart, machine]), "Deployment")), ["Deployment shop/cart"]);
  });
});

describe("the Services of a workload", () => {
  const of = (pods: ResourceData, ...services: ResourceData[]) => {
    const inventory = inventoryOf([pods, ...services]);
    return labelsOf(servicesOf(workloads(inventory)[0]!, inventory));
  };

  it("are those whose selector its pods carry", () => {
    assert.deepEqual(of(cart, service({ app: "cart" }), service({ app: "cart" }, { namespace: "other" })), [
      "Service shop/cart",
    ]);
    assert.deepEqual(of(cart, service({ app: "cart", version: "v2" }), service({}), service(undefined)), []);
  });

  it("can't be said while a selector, a label or a namespace decides that is unknown", () => {
    for (const [pods, selecting] of [
      [cart, service(unknown)],
      [cart, service({ app: unknown })],
      [cart, service({ app: "cart" }, { namespace: unknown })],
      [unclear, service({ app: "cart" })],
      [stray, service({ app: "cart" })],
    ] as const)
      assert.throws(() => of(pods, selecting), Undecided);
  });

  it("are known where what is unknown doesn't decide", () => {
    assert.deepEqual(of(cart, service({ app: unknown, version: "v2" })), []);
    assert.deepEqual(of(unclear, service({ version: "v2" })), ["Service shop/cart"]);
    assert.deepEqual(of(stray, service({ app: "other" })), []);
  });
});

describe("a gateway", () => {
  const isGateway = (resource: ResourceData) => workloads(inventoryOf([resource])).map((one) => one.isGateway);
  const running = (...containers: object[]) => deployment({ name: "edge" }, {}, {}, { containers });

  it("is the chart's, with the labels that its name gives", () => {
    const [own] = workloads(inventoryOf([gateway({ values: { labels: { tier: "edge" } } })]));
    assert.equal(own!.isGateway, true);
    assert.equal(own!.namespace, "edge");
    assert.deepEqual(Object.fromEntries(own!.labels), {
      "istio.io/dataplane-mode": "none",
      "sidecar.istio.io/inject": "true",
      "app.kubernetes.io/name": "istio-ingress",
      app: "istio-ingress",
      istio: "ingress",
      tier: "edge",
    });
    assert.deepEqual(own!.unknowns, []);
  });

  it("has unknown labels while its name, its namespace or its chart is unknown", () => {
    for (const more of [{ name: unknown }, { namespace: unknown }, { chart: unknown }, { values: { name: unknown } }]) {
      const [own] = workloads(inventoryOf([gateway(more)]));
      assert.throws(() => own!.label("istio"), Undecided);
      assert.throws(() => own!.carries({ istio: "ingress" }), Undecided);
    }
  });

  it("is a Deployment of the proxy alone, whatever its container is called", () => {
    assert.deepEqual(isGateway(running({ name: "istio-proxy", image: "auto" })), [true]);
    const image = "docker.io/istio/proxyv2:1.31.1";
    assert.deepEqual(isGateway(running({ name: "edge", image, args: ["proxy", "router"] })), [true]);
    assert.deepEqual(
      isGateway(deployment({ name: "edge" }, {}, { annotations: { "inject.istio.io/templates": "gateway" } })),
      [true],
    );
  });

  it("is no application with a proxy beside it, and nothing unknown", () => {
    assert.deepEqual(isGateway(running({ name: "own", image: "own:1" }, { name: "istio-proxy", image: "auto" })), [
      false,
    ]);
    assert.deepEqual(isGateway(running({ name: "own", image: unknown })), [false]);
    const image = "docker.io/istio/proxyv2:1.31.1";
    assert.deepEqual(isGateway(running({ name: "debug", image, command: ["sleep", "infinity"] })), [false]);
    assert.deepEqual(isGateway(running({ name: "debug", image, args: ["request", "GET", "stats"] })), [false]);
    assert.deepEqual(isGateway(cart), [false]);
  });
});

describe("a namespace", () => {
  const range = (namespace: unknown) => object("v1", "LimitRange", { name: "all", namespace });
  const limited = (pods: ResourceData, ...more: ResourceData[]) => {
    const inventory = inventoryOf([pods, ...more]);
    return hasLimitRange(inventory, podTemplates(inventory)[0]!);
  };

  it("has limits where a LimitRange is in it", () => {
    assert.equal(limited(cart), false);
    assert.equal(limited(cart, range("shop")), true);
    assert.equal(limited(cart, range("other")), false);
  });

  it("may have limits while it, or a LimitRange's, is unknown", () => {
    assert.equal(limited(stray), false);
    assert.throws(() => limited(stray, range("shop")), Undecided);
    assert.throws(() => limited(cart, range(unknown)), Undecided);
    assert.equal(limited(cart, range(unknown), range("shop")), true);
  });

  it("has pods where one is known to be in it, and may have where one's namespace is unknown", () => {
    assert.equal(hasPods(inventoryOf([cart, stray]), "shop"), true);
    assert.equal(hasPods(inventoryOf([cart]), "other"), false);
    assert.throws(() => hasPods(inventoryOf([cart, stray]), "other"), Undecided);
  });
});
