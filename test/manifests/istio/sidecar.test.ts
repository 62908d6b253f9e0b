import assert from "node:assert/strict";
import { callableOf, importsOf, sidecar } from "../../../components/manifests/istio/sidecar";
import { settingsOf } from "../../stack";

const istiod = "istio-system/istiod.istio-system.svc.cluster.local";
const own = "shop/web.shop.svc.cluster.local";

/** What the sidecars of `web` know, which calls these. */
function imports(calls: readonly unknown[] | undefined, mesh: object = {}) {
  const settings = settingsOf({
    "eks-istio:mesh": mesh,
    "eks-istio:external": {
      stripe: { hosts: ["api.stripe.com"], port: 443, protocol: "tls" },
      partner: { hosts: ["example.net", "*.example.net"], port: 443, protocol: "tls" },
    },
    "eks-istio:apps": {
      web: { namespace: "shop", port: 8080, ...(calls && { calls }) },
      checkout: { namespace: "pay", port: 8080, service: "checkout-api" },
    },
  });
  return importsOf(settings.apps[0]!, callableOf(settings));
}

describe("what sidecars know of an application that says what it calls", () => {
  it("is everything where it says nothing", () => {
    assert.equal(imports(undefined), undefined);
  });

  it("is its own Service and what the mesh needs where it calls nothing", () => {
    assert.deepEqual(imports([]), [own, istiod]);
  });

  it("is an application by its Service, in either form", () => {
    const called = ["pay/checkout-api.pay.svc.cluster.local", own, istiod];
    assert.deepEqual(imports(["checkout"]), called);
    assert.deepEqual(imports([{ app: "checkout" }]), called);
  });

  it("is a Service of others, of its own namespace unless another is named", () => {
    assert.deepEqual(imports([{ service: "legacy" }, { service: "ledger", namespace: "bank" }]), [
      "shop/legacy.shop.svc.cluster.local",
      "bank/ledger.bank.svc.cluster.local",
      own,
      istiod,
    ]);
  });

  it("is each name of an external, and no other external", () => {
    assert.deepEqual(imports([{ external: "partner" }]), [
      "istio-system/example.net",
      "istio-system/*.example.net",
      own,
      istiod,
    ]);
  });

  it("is istiod of the mesh's revision, and the authorizers wherever they run", () => {
    const providers = {
      opa: { envoyExtAuthzGrpc: { service: "opa.policy.svc.cluster.local", port: 9191 } },
      login: { envoyExtAuthzHttp: { service: "login.example.net", port: 443 } },
      other: { envoyExtAuthzHttp: { service: "auth/check.example.net", port: 443 } },
    };
    assert.deepEqual(imports([], { revision: "stable", providers }), [
      own,
      "istio-system/istiod-stable.istio-system.svc.cluster.local",
      "policy/opa.policy.svc.cluster.local",
      "*/login.example.net",
      "auth/check.example.net",
    ]);
  });

  it("is written for the application's pods alone", () => {
    const [app] = settingsOf({
      "eks-istio:apps": { web: { namespace: "shop", port: 8080, selector: { tier: "web" }, calls: [] } },
    }).apps;
    assert.deepEqual(sidecar(app!, [istiod]), {
      apiVersion: "networking.istio.io/v1",
      kind: "Sidecar",
      metadata: { name: "web", namespace: "shop" },
      spec: { workloadSelector: { labels: { tier: "web" } }, egress: [{ hosts: [istiod] }] },
    });
  });
});
