import assert from "node:assert/strict";
import { dataPlanesOf, namespaceLabels } from "../../../components/manifests/istio/data-plane";
import { namespaceManifest } from "../../../components/manifests/kubernetes/namespace";
import { settingsOf } from "../../stack";

/** The labels that a namespace in a mesh with sidecars begins with. */
const sidecars = namespaceLabels(dataPlanesOf(settingsOf())("shop"), true);

/** The labels of a namespace. */
function labels(given?: Readonly<Record<string, string>>): unknown {
  return (namespaceManifest({ name: "shop", labels: given }).metadata as { readonly labels: unknown }).labels;
}

describe("a namespace", () => {
  it("asks for sidecars by its label", () => {
    assert.deepEqual(namespaceManifest({ name: "shop", labels: sidecars }), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "shop",
        labels: { "istio-injection": "enabled" },
        annotations: { "pulumi.com/patchForce": "true" },
      },
    });
  });

  it("has no injection label where nothing was said, as the control plane's own", () => {
    assert.deepEqual(labels(), {});
  });

  it("has its further labels beside", () => {
    assert.deepEqual(labels({ ...sidecars, "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" }), {
      "istio-injection": "enabled",
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    });
  });
});
