import assert from "node:assert/strict";
import { Cloud } from "./cloud";
import { Lab } from "./lab";

/** An object that another team applies: no engine knows of it. */
function applied(cloud: Cloud, kind: string, name: string, namespace: string, spec: object): void {
  const metadata = { name, namespace, ...(kind === "Service" && { finalizers: ["service.k8s.aws/resources"] }) };
  cloud.create(`urn:pulumi:dev::others::kubernetes:core/v1:${kind}::${name}`, { metadata, spec });
}

/** Milliseconds that a pod takes to end and give up its volume. */
const slow = 3000;

describe("a destroy with what other teams made in the stack's namespaces", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    applied(lab.cloud, "Service", "game", "bookinfo", { type: "LoadBalancer" });
    applied(lab.cloud, "PersistentVolumeClaim", "ledger", "membership", { storageClassName: "gp3" });
    lab.faults.take(({ method, name }) =>
      method === "delete" && name === "eks-istio-dev-namespaces-membership" ? slow : 0,
    );
    lab.journal.clear();
    const destroyed = await lab.destroy();
    assert.ok(destroyed.succeeded, destroyed.diagnostics);
  });
  after(() => lab.close());

  it("leaves nothing, theirs neither", () => assert.deepEqual([lab.cloud.objects(), lab.state()], [[], []]));

  for (const [whose, namespace, needed] of [
    ["a load balancer", "bookinfo", "eks-istio-dev-load-balancer-controller"],
    ["a volume that is slow to go", "membership", "eks-istio-dev-addons-aws-ebs-csi-driver"],
  ] as const)
    it(`ends the namespace of ${whose} before ${needed} begins to go`, () => {
      const ended = deleteOf(`eks-istio-dev-namespaces-${namespace}`).ended ?? Infinity;
      assert.ok(ended <= deleteOf(needed).began);
    });

  function deleteOf(name: string) {
    const types = /:(Namespace|Release|Addon)$/;
    const [call, ...more] = lab.journal.calls("delete").filter((each) => each.name === name && types.test(each.type));
    assert.ok(call && more.length === 0, `${name} is deleted once`);
    return call;
  }
});

// What the tests above stand on.
describe("a namespace of the stand-in", () => {
  for (const [kind, spec, message] of [
    [
      "Service",
      { type: "LoadBalancer" },
      "timed out waiting for the condition: nobody makes or removes the load balancer",
    ],
    ["PersistentVolumeClaim", {}, "timed out waiting for the condition: nobody makes or removes the volume"],
  ] as const)
    it(`doesn't end while a ${kind} in it waits for who is gone`, () => {
      const cloud = new Cloud();
      const make = (type: string, inputs: object) =>
        cloud.create(`urn:pulumi:dev::others::${type}::one`, inputs as Readonly<Record<string, unknown>>);
      make("aws:eks/cluster:Cluster", { name: "shop" });
      make("aws:eks/nodeGroup:NodeGroup", { clusterName: "shop", nodeGroupName: "default" });
      const driver = make("aws:eks/addon:Addon", { clusterName: "shop", addonName: "aws-ebs-csi-driver" });
      const controller = make("kubernetes:helm.sh/v3:Release", { name: "aws-load-balancer-controller" });
      const namespace = make("kubernetes:core/v1:Namespace", { metadata: { name: "theirs" } });
      applied(cloud, kind, "one", "theirs", spec);
      cloud.delete(driver.type, driver.id);
      cloud.uninstall(controller.id);
      assert.throws(() => cloud.delete(namespace.type, namespace.id), { message });
    });
});
