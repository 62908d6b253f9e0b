import assert from "node:assert/strict";
import { planned } from "./support";

const warned = {
  "pod-security.kubernetes.io/warn": "restricted",
  "pod-security.kubernetes.io/warn-version": "v1.33",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/audit-version": "v1.33",
};

const app = (namespace: string) => ({ namespace, port: 8080 });

describe("Namespaces", () => {
  it("makes one namespace for all applications in it", async () => {
    const plan = await planned({ apps: { checkout: app("shop"), stock: app("shop"), reports: app("reports") } });
    assert.deepEqual(plan.children("stage:Namespaces shop-namespaces"), [
      "kubernetes:core/v1:Namespace shop-namespaces-reports",
      "kubernetes:core/v1:Namespace shop-namespaces-shop",
    ]);
  });

  it("makes none without applications", async () => {
    const plan = await planned();
    assert.deepEqual(plan.children("stage:Namespaces shop-namespaces"), []);
  });

  it("injects sidecars", async () => {
    const plan = await planned({ apps: { checkout: app("shop") } });
    assert.deepEqual(plan.inputs("Namespace shop-namespaces-shop"), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "shop",
        labels: { "istio-injection": "enabled", ...warned },
        annotations: { "pulumi.com/patchForce": "true" },
      },
    });
  });

  it("injects the mesh's revision where it has one", async () => {
    const plan = await planned({ mesh: { revision: "1-31" }, apps: { checkout: app("shop") } });
    assert.deepEqual(plan.inputs("Namespace shop-namespaces-shop").metadata, {
      name: "shop",
      annotations: { "pulumi.com/patchForce": "true" },
      labels: { "istio.io/rev": "1-31", ...warned },
    });
  });

  it("leaves sidecars out and adds labels where the stack says so", async () => {
    const plan = await planned({
      apps: { checkout: app("shop") },
      namespaces: { shop: { injection: false, labels: { owner: "web" } } },
    });
    assert.deepEqual(plan.inputs("Namespace shop-namespaces-shop").metadata, {
      name: "shop",
      annotations: { "pulumi.com/patchForce": "true" },
      labels: { "istio-injection": "disabled", ...warned, owner: "web" },
    });
  });

  it("refuses pods beyond the standard that the stack names", async () => {
    const plan = await planned({
      apps: { checkout: app("shop") },
      namespaces: { shop: { injection: false, podSecurity: "baseline" } },
    });
    assert.deepEqual(plan.inputs("Namespace shop-namespaces-shop").metadata, {
      name: "shop",
      annotations: { "pulumi.com/patchForce": "true" },
      labels: {
        "istio-injection": "disabled",
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": "v1.33",
        ...warned,
      },
    });
  });

  it("makes none that somebody else has made", async () => {
    const plan = await planned({ apps: { checkout: app("shop") }, namespaces: { shop: { create: false } } });
    assert.deepEqual(plan.children("stage:Namespaces shop-namespaces"), []);
  });

  it("lets applications in somebody else's namespace wait for istiod alone", async () => {
    const plan = await planned({
      apps: { checkout: { ...app("shop"), timeout: "5s" } },
      namespaces: { shop: { create: false } },
    });
    assert.deepEqual(plan.direct("VirtualService shop-app-checkout-mesh"), [
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("keeps a namespace until its pods have ended, which takes nodes, volumes and load balancers that can go", async () => {
    const plan = await planned({ apps: { checkout: app("shop") } });
    assert.deepEqual(plan.direct("Namespace shop-namespaces-shop"), [
      "Addon shop-addons-aws-ebs-csi-driver",
      "NodeGroup shop-default",
      "Release shop-load-balancer-controller",
      "kubernetes shop-kubernetes",
    ]);
  });
});
