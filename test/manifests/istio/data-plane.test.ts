import assert from "node:assert/strict";
import {
  dataPlanesOf,
  namespaceLabels,
  podMetadata,
  type DataPlane,
} from "../../../components/manifests/istio/data-plane";
import { settingsOf } from "../../stack";
import { appOf } from "../app";

/** The data plane of a mesh with these settings. */
const dataPlane = (keys: object = {}): DataPlane => dataPlanesOf(settingsOf({ "eks-istio:mesh": keys }))("shop");

/** What the pods of a workload with these settings carry. */
const podsOf = (keys: string, mesh?: object) =>
  podMetadata(dataPlane(mesh), appOf(`workload: {image: "registry.example.com/checkout:1", ${keys}}`).workload!);

describe("a mesh's data plane", () => {
  it("is a sidecar in each pod, with the mesh's CPU and memory", () => {
    assert.deepEqual(dataPlane(), {
      kind: "sidecar",
      revision: undefined,
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
    });
  });

  it("takes revision, CPU and memory of its sidecars from the mesh's settings", () => {
    const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "256Mi" } };
    assert.deepEqual(dataPlane({ revision: "canary", proxy: { resources } }), {
      kind: "sidecar",
      revision: "canary",
      resources,
    });
  });
});

describe("the labels of a namespace with sidecars", () => {
  it("ask for them", () => {
    assert.deepEqual(namespaceLabels(dataPlane(), true), { "istio-injection": "enabled" });
  });

  it("ask for a revision's by that label alone: beside istio-injection it would be ignored", () => {
    assert.deepEqual(namespaceLabels(dataPlane({ revision: "canary" }), true), { "istio.io/rev": "canary" });
  });

  it("refuse those of any revision by one label", () => {
    assert.deepEqual(namespaceLabels(dataPlane(), false), { "istio-injection": "disabled" });
    assert.deepEqual(namespaceLabels(dataPlane({ revision: "canary" }), false), { "istio-injection": "disabled" });
  });
});

describe("what pods with sidecars carry", () => {
  it("is nothing where they are like all others of the mesh", () => {
    assert.deepEqual(podsOf(""), {});
  });

  it("is a label where they are to have none: out, not in", () => {
    assert.deepEqual(podsOf("inject: false"), { labels: { "sidecar.istio.io/inject": "false" } });
  });

  it("is annotations where their sidecar is another, the mesh's CPU and memory among them", () => {
    const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "256Mi" } };
    assert.deepEqual(podsOf("proxy: {memoryLimit: 2Gi, logLevel: debug}", { proxy: { resources } }), {
      annotations: {
        "sidecar.istio.io/proxyCPU": "50m",
        "sidecar.istio.io/proxyMemory": "64Mi",
        "sidecar.istio.io/proxyCPULimit": "1",
        "sidecar.istio.io/proxyMemoryLimit": "2Gi",
        "sidecar.istio.io/logLevel": "debug",
      },
    });
  });
});
