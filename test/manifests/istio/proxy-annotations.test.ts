import assert from "node:assert/strict";
import { proxyAnnotations, proxyConfig } from "../../../components/manifests/istio/proxy-annotations";

/** CPU and memory of the mesh's sidecars. */
const mesh = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } };

describe("a workload's sidecar", () => {
  it("needs no annotation where it is like the mesh's", () => {
    assert.deepEqual(proxyAnnotations({}, mesh), {});
  });

  it("has resources and log level of its own", () => {
    assert.deepEqual(
      proxyAnnotations({ cpu: "50m", memory: "64Mi", cpuLimit: "1", memoryLimit: "256Mi", logLevel: "debug" }, mesh),
      {
        "sidecar.istio.io/proxyCPU": "50m",
        "sidecar.istio.io/proxyMemory": "64Mi",
        "sidecar.istio.io/proxyCPULimit": "1",
        "sidecar.istio.io/proxyMemoryLimit": "256Mi",
        "sidecar.istio.io/logLevel": "debug",
      },
    );
  });

  it("keeps the mesh's CPU and memory where its own are given in part, which Istio would forget", () => {
    assert.deepEqual(proxyAnnotations({ memoryLimit: "2Gi" }, mesh), {
      "sidecar.istio.io/proxyCPU": "100m",
      "sidecar.istio.io/proxyMemory": "128Mi",
      "sidecar.istio.io/proxyCPULimit": "2",
      "sidecar.istio.io/proxyMemoryLimit": "2Gi",
    });
  });

  it("has its ProxyConfig in one annotation", () => {
    assert.deepEqual(proxyAnnotations({ concurrency: 2, drain: "20s", holdUntilReady: true }, mesh), {
      "proxy.istio.io/config":
        '{"concurrency":2,"drainDuration":"20s","terminationDrainDuration":"20s","holdApplicationUntilProxyStarts":true}',
    });
  });

  it("keeps what is off or zero: 0 worker threads mean one for each core", () => {
    assert.deepEqual(proxyConfig({ concurrency: 0, holdUntilReady: false }), {
      concurrency: 0,
      holdApplicationUntilProxyStarts: false,
    });
  });
});
