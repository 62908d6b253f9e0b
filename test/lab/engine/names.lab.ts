import assert from "node:assert/strict";
import { Lab, sample, type Config } from "./lab";
import { made } from "./graph";

/** An application whose objects in the cluster are not called after its key. */
const cart = {
  host: "cart",
  namespace: "bookinfo",
  port: 8080,
  service: "till",
  workload: { image: "cart:1.0", serviceAccount: { name: "till" } },
};

/** A stack file whose entries have these keys, and objects whose names in the cluster don't follow from them. */
function keyed(app: string, gateway: string, override: string): Config {
  const config = sample();
  return {
    ...config,
    "eks-istio:apps": { ...(config["eks-istio:apps"] as object), [app]: cart },
    "eks-istio:domain": { name: "lab.internal", gateway },
    "eks-istio:gateways": { [gateway]: { name: "istio-ingress", namespace: "istio-ingress" } },
    "eks-istio:mesh": { mtls: { overrides: { [override]: { namespace: "bookinfo", mode: "PERMISSIVE" } } } },
  };
}

/** Pulumi names of before, by the types and names of now. */
const former: Readonly<Record<string, string>> = {
  "kubernetes:core/v1:Service eks-istio-dev-bookinfo/till": "eks-istio-dev-app-cart-service",
  "kubernetes:core/v1:ServiceAccount eks-istio-dev-bookinfo/till": "eks-istio-dev-app-cart-service-account",
  "kubernetes:core/v1:Service eks-istio-dev-istio-ingress/istio-ingress": "eks-istio-dev-gateway-service",
  "kubernetes:helm.sh/v3:Release eks-istio-dev-istio-ingress/istio-ingress": "eks-istio-dev-gateway-pods",
  "kubernetes:core/v1:Namespace eks-istio-dev-istio-ingress": "eks-istio-dev-gateway-namespace",
  "kubernetes:security.istio.io/v1:PeerAuthentication eks-istio-dev-mtls-bookinfo/default": "eks-istio-dev-mtls-legacy",
};

// One stack for all of it, in this order: a step begins from what the one before it left.
describe("the Pulumi names of objects that keep their names in the cluster", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start(keyed("cart", "default", "legacy"));
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
  });
  after(() => lab.close());

  /** What an `up` did to what stands in the cluster or in AWS, sorted. */
  async function changes(): Promise<readonly string[]> {
    lab.journal.clear();
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    return lab.journal.changes().map(({ method, type, name }) => `${method} ${type.split(":").at(-1) ?? ""} ${name}`);
  }

  it("take over a stack that stands under the names of before, and touch nothing", async () => {
    for (const [now, before] of Object.entries(former)) {
      const found = lab.state().find(({ type, name }) => `${type} ${name}` === now);
      assert.ok(found, now);
      await lab.pulumi("state", "rename", "--stack", "dev", "--yes", found.urn, before);
    }
    const names = () =>
      lab
        .state()
        .filter(made)
        .map(({ name }) => name);
    assert.ok(Object.values(former).every((name) => names().includes(name)));
    assert.deepEqual(await changes(), []);
    assert.ok(Object.values(former).every((name) => !names().includes(name)));
  });

  it("stay when an override of mutual TLS gets another key: nothing is touched", async () => {
    lab.configure(keyed("cart", "default", "old"));
    assert.deepEqual(await changes(), []);
  });

  it("stay when an application gets another key: its Service is updated, and its ServiceAccount untouched", async () => {
    lab.configure(keyed("basket", "default", "old"));
    const done = await changes();
    assert.deepEqual(
      done.filter((change) => /^\w+ (Service|ServiceAccount) /.test(change)),
      ["update Service eks-istio-dev-bookinfo/till"],
    );
    const renamed = [
      "Deployment eks-istio-dev-app-KEY-v1",
      "HorizontalPodAutoscaler eks-istio-dev-app-KEY-v1",
      "PodDisruptionBudget eks-istio-dev-app-KEY-v1",
      "VirtualService eks-istio-dev-app-KEY-ingress",
    ];
    assert.deepEqual(
      done.filter((change) => !/^\w+ Service/.test(change)).sort(),
      [
        ...renamed.map((each) => `create ${each.replace("KEY", "basket")}`),
        ...renamed.map((each) => `delete ${each.replace("KEY", "cart")}`),
      ].sort(),
    );
  });

  it("stay when a gateway gets another key: its load balancer, pods and namespace are untouched", async () => {
    lab.configure(keyed("basket", "public", "old"));
    assert.deepEqual(
      (await changes()).filter((change) => !/ (VirtualService|Gateway) /.test(change)),
      [],
    );
  });

  it("leave nothing that the engine doesn't know", () => assert.deepEqual(lab.orphans(), []));
});
