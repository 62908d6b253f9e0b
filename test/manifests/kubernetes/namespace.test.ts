import assert from "node:assert/strict";
import { namespaceManifest } from "../../../components/manifests/kubernetes/namespace";

/** The labels of a namespace. */
function labels(args: Omit<Parameters<typeof namespaceManifest>[0], "name">): unknown {
  return (namespaceManifest({ name: "shop", ...args }).metadata as { readonly labels: unknown }).labels;
}

describe("a namespace", () => {
  it("asks for sidecars by its label", () => {
    assert.deepEqual(namespaceManifest({ name: "shop", injection: true }), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop", labels: { "istio-injection": "enabled" } },
    });
  });

  it("asks for a revision's sidecars by that label alone: beside istio-injection it would be ignored", () => {
    assert.deepEqual(labels({ injection: true, revision: "canary" }), { "istio.io/rev": "canary" });
  });

  it("refuses sidecars of any revision by one label", () => {
    assert.deepEqual(labels({ injection: false }), { "istio-injection": "disabled" });
    assert.deepEqual(labels({ injection: false, revision: "canary" }), { "istio-injection": "disabled" });
  });

  it("has no injection label where nothing was said, as the control plane's own", () => {
    assert.deepEqual(labels({}), {});
    assert.deepEqual(labels({ revision: "canary" }), {});
  });

  it("has its further labels beside", () => {
    assert.deepEqual(labels({ injection: true, labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } }), {
      "istio-injection": "enabled",
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    });
  });
});
