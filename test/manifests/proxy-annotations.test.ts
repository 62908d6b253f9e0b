import assert from "node:assert/strict";
import { proxyAnnotations, proxyConfig } from "../../components/manifests/proxy-annotations";

describe("a workload's sidecar", () => {
  it("needs no annotation where it is like the mesh's", () => {
    assert.deepEqual(proxyAnnotations({}), {});
  });

  it("has resources and log level of its own", () => {
    assert.deepEqual(proxyAnnotations({ cpu: "50m", memory: "64Mi", cpuLimit: "1", memoryLimit: "256Mi", logLevel: "debug" }), {
      "sidecar.istio.io/proxyCPU": "50m",
      "sidecar.istio.io/proxyMemory": "64Mi",
      "sidecar.istio.io/proxyCPULimit": "1",
      "sidecar.istio.io/proxyMemoryLimit": "256Mi",
      "sidecar.istio.io/logLevel": "debug",
    });
  });

  it("has its ProxyConfig in one annotation", () => {
    assert.deepEqual(proxyAnnotations({ concurrency: 2, drain: "20s", holdUntilReady: true }), {
      "proxy.istio.io/config": '{"concurrency":2,"drainDuration":"20s","terminationDrainDuration":"20s","holdApplicationUntilProxyStarts":true}',
    });
  });

  it("keeps what is off or zero: 0 worker threads mean one for each core", () => {
    assert.deepEqual(proxyConfig({ concurrency: 0, holdUntilReady: false }), { concurrency: 0, holdApplicationUntilProxyStarts: false });
  });
});
