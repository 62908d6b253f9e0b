import assert from "node:assert/strict";
import { settingsOf } from "../stack";

describe("the smallest stack", () => {
  it("needs a region, a domain and a Kubernetes version, and gets every default", () => {
    const settings = settingsOf();
    assert.equal(settings.cluster.name, "eks-istio-dev");
    assert.deepEqual(settings.network, {
      cidr: "10.0.0.0/16",
      zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"],
      nat: "single",
      flowLogs: { enabled: true, retentionDays: 30 },
    });
    assert.deepEqual(settings.cluster.publicAccessCidrs, []);
    assert.equal(settings.mesh.mtls.mode, "STRICT");
    assert.deepEqual(settings.apps, []);
  });
});
