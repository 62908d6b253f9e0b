import assert from "node:assert/strict";
import { planned, type Graph } from "./support";

const app = (namespace: string, own = {}) => ({ namespace, port: 8080, ...own });

describe("the network policies of a stack", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned({
      cluster: { networkPolicies: true },
      namespaces: { theirs: { create: false, networkPolicies: true }, open: { networkPolicies: false } },
      apps: { web: app("shop", { host: "web" }), theirs: app("theirs"), free: app("open") },
    });
  });
  const policy = (name: string) => `NetworkPolicy shop-network-policies-${name}`;

  it("are those of istiod, the gateway and the closed namespaces", () =>
    assert.deepEqual(
      plan.children("stage:NetworkPolicies shop-network-policies"),
      [
        "istio-ingress.clients-to-default",
        "istio-ingress.default-deny-ingress",
        "istio-system.default-deny-ingress",
        "istio-system.istiod",
        "shop.default-deny-ingress",
        "shop.from-applications",
        "shop.from-gateway-default",
        "theirs.default-deny-ingress",
        "theirs.from-applications",
      ].map((name) => `kubernetes:networking.k8s.io/v1:NetworkPolicy shop-network-policies-${name}`),
    ));

  it("are in the namespaces' way, and nothing waits for them but the one that closes", () => {
    assert.deepEqual(plan.direct(policy("shop.from-applications")), [
      "Namespace shop-namespaces-shop",
      "kubernetes shop-kubernetes",
    ]);
    assert.deepEqual(plan.after(policy("shop.from-applications")), [policy("shop.default-deny-ingress")]);
  });

  it("close a namespace after those that open it", () =>
    assert.deepEqual(plan.direct(policy("shop.default-deny-ingress")), [
      "Namespace shop-namespaces-shop",
      policy("shop.from-applications"),
      policy("shop.from-gateway-default"),
      "kubernetes shop-kubernetes",
    ]));

  it("wait for istiod where it, or somebody else, makes the namespace: by then it is there", () => {
    for (const namespace of ["istio-system", "theirs"])
      assert.ok(plan.direct(policy(`${namespace}.default-deny-ingress`)).includes("Release shop-mesh-istiod"));
  });

  it("have the VPC CNI enforce them", () =>
    assert.equal(
      (plan.inputs("Cluster shop").vpcCniOptions as { enableNetworkPolicy?: boolean }).enableNetworkPolicy,
      true,
    ));

  it("are none, and nothing is enforced, where the stack file asks for none", async () => {
    const silent = await planned({ apps: { web: app("shop") } });
    assert.deepEqual(silent.ofType(/NetworkPolic/), []);
    assert.ok(!("enableNetworkPolicy" in (silent.inputs("Cluster shop").vpcCniOptions as object)));
  });
});
