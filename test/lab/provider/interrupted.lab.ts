import assert from "node:assert/strict";
import { providerUrn } from "../engine/graph";
import { forget, unlock, upsert } from "../engine/interrupted";
import type { Pending } from "../engine/lab";
import { run } from "../tools/tool";
import { nextIstioVersion } from "./cluster";
import { told } from "./steps";
import { useCluster } from "./use-cluster";

const gateway = { apiVersion: "v1", kind: "Service", metadata: { namespace: "istio-ingress", name: "istio-ingress" } };
const service = "kubernetes:core/v1:Service";
const release = "kubernetes:helm.sh/v3:Release";

// One stack for all of it, in this order: docs/interrupted.md, from the kill to a stack without a change.
describe("an up killed while the load balancer grows and istiod is installed, with the real provider", function () {
  this.timeout(300_000);
  const stack = useCluster();
  let pending: readonly Pending[];
  let uid: unknown;

  /** Helm's mark of an operation on istiod's release. */
  async function marked(status: string): Promise<boolean> {
    const secrets = await stack().cluster.api.list("v1", "Secret", "istio-system");
    return secrets.some(({ metadata: { labels } }) => labels?.name === "istiod" && labels.status === status);
  }

  async function helm(...args: readonly string[]): Promise<void> {
    const { cluster, lab } = stack();
    const kubeconfig = lab.write("kubeconfig", JSON.parse(cluster.provider.kubeconfig));
    await run("helm", [...args, "--namespace", "istio-system", "--kubeconfig", kubeconfig], "/");
  }

  it("leaves the Service, its load balancer, Helm's mark and two pending creations", async () => {
    const { cluster, lab } = stack();
    cluster.loadBalancers.hold();
    const outcome = await lab.killWhen(
      async () => lab.pending().length === 2 && cluster.loadBalancers.all().length > 0 && marked("pending-install"),
      "up",
    );
    assert.equal(outcome, undefined);
    pending = lab.pending();
    assert.deepEqual(pending.map(({ type }) => type).sort(), [service, release]);
    uid = (await cluster.api.get(gateway)).metadata.uid;
    assert.equal(cluster.loadBalancers.all()[0]?.service, uid);
    cluster.loadBalancers.release();
    await unlock(lab);
  });

  it("would have the Service replaced, and the load balancer with it, if that were imported", async () => {
    const { lab } = stack();
    await forget(lab);
    const { urn, type, name, parent, provider } = pending.find((each) => each.type === service)!;
    const nameTable = { [parent]: parent, [providerUrn(provider)]: providerUrn(provider) };
    const resources = [{ type, name, id: "istio-ingress/istio-ingress", parent, provider: providerUrn(provider) }];
    const file = lab.write("import.json", { nameTable, resources });
    await lab.pulumi("import", "--file", file, "--protect=false", "--generate-code=false", "--yes", "--skip-preview");
    const { steps } = await lab.preview();
    const operations = steps.filter((step) => step.urn === urn).map(({ operation }) => operation);
    assert.ok(operations.includes("replace"), operations.join());
    await lab.pulumi("state", "delete", urn, "--yes");
  });

  it("takes the Service over with its load balancer, and stops at the release until that is uninstalled", async () => {
    const { cluster, lab } = stack();
    const before = cluster.loadBalancers.all();
    lab.env = upsert;
    const refused = await lab.up();
    assert.match(refused.diagnostics, /cannot re-use a name that is still in use/);
    await helm("uninstall", "istiod");
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    assert.equal((await cluster.api.get(gateway)).metadata.uid, uid);
    assert.deepEqual(cluster.loadBalancers.all(), before);
  });

  it("has no change then", async () => {
    const { lab } = stack();
    lab.env = {};
    const { steps, diagnostics } = await lab.preview();
    assert.deepEqual([steps, diagnostics.trim()], [[], ""]);
  });

  it("stops at a release whose upgrade was cut short, until that is rolled back and refreshed", async () => {
    const { lab } = stack();
    lab.configure({ ...lab.config, "eks-istio:mesh": { version: nextIstioVersion } });
    assert.equal(await lab.killWhen(() => marked("pending-upgrade"), "up"), undefined);
    await unlock(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /another operation \(install\/upgrade\/rollback\) is in progress/);
    await helm("rollback", "istiod");
    const refreshed = await lab.refresh();
    assert.ok(refreshed.succeeded, refreshed.diagnostics);
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    assert.deepEqual(told(await lab.preview()), []);
  });

  it("leaves a stack that can be destroyed", async () => {
    const { cluster, lab } = stack();
    const { succeeded, diagnostics } = await lab.destroy();
    assert.ok(succeeded, diagnostics);
    assert.deepEqual([lab.state(), cluster.loadBalancers.all()], [[], []]);
  });
});
