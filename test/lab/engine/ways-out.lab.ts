import assert from "node:assert/strict";
import { pulumi } from "../tools/tools";
import type { Which } from "./faults";
import { adopt, cutShort, exported, forget, unlock, upsert } from "./interrupted";
import { killedIn } from "./kills";
import { releaseType } from "./kubernetes";
import { Lab, sample } from "./lab";

/** Kills the engine in one creation that the cloud carries out. */
const cutIn = (lab: Lab, which: Which) =>
  killedIn(
    lab,
    (call) => call.method === "create" && which(call),
    () => "after",
    "up",
  );

// One stack for all: each begins from what the one before it left.
describe("a stack that an engine left, killed in the creation of its VPC", function () {
  this.timeout(300_000);
  let lab: Lab;
  let stopped: readonly string[];
  before(async () => {
    lab = await Lab.start();
    ({ stopped } = await cutIn(lab, ({ name }) => name.endsWith("-network-vpc")));
  });
  after(() => lab.close());

  it("is locked, and says so, until pulumi cancel", async () => {
    const locked = await lab.up();
    assert.ok(!locked.succeeded && locked.diagnostics.includes("pulumi cancel"), locked.diagnostics);
    await unlock(lab);
    const { succeeded, diagnostics } = await lab.preview();
    assert.ok(succeeded, diagnostics);
  });

  // The page begins with the export for that. If this fails with another pin of the CLI, it may not need to any more.
  it(`names what is pending in its export, but in no preview of pulumi ${pulumi.version}`, async () => {
    assert.deepEqual(
      await exported(lab),
      stopped.map((urn) => `creating ${urn}`),
    );
    const { output, diagnostics } = await lab.preview();
    assert.doesNotMatch(output + diagnostics, /pending operations|interrupted/);
  });

  // The page warns of it. If this fails with another pin of the CLI, it may not need to any more.
  it(`is forgotten by pulumi ${pulumi.version} refresh --import-pending-creates, without a warning`, async () => {
    const ends = cutShort(lab).flatMap(({ pending, object }) => [pending.urn, object.id]);
    const said = await lab.pulumi(
      "refresh",
      ...ends.flatMap((each) => ["--import-pending-creates", each]),
      "--yes",
      "--skip-preview",
    );
    assert.deepEqual([lab.pending(), lab.orphans()], [[], ["aws:ec2/vpc:Vpc eks-istio-dev-network-vpc"]]);
    assert.doesNotMatch(said, /error|warning|forg/i);
  });

  it("warns of what is pending when the next up is through, which leaves it pending", async () => {
    const eip = await cutIn(lab, ({ type }) => type === "aws:ec2/eip:Eip");
    await unlock(lab);
    const { output } = await lab.up({ previewFirst: true });
    assert.ok(output.indexOf("interrupted while creating") > output.lastIndexOf(" created ("), output);
    assert.deepEqual(
      lab.pending().map(({ urn }) => urn),
      eip.stopped,
    );
  });

  it("has a second one of what nobody looked for, and the cloud shows the first as an orphan", async () => {
    await forget(lab);
    assert.deepEqual((await lab.preview()).steps, []);
    assert.deepEqual(lab.orphans(), [
      "aws:ec2/vpc:Vpc eks-istio-dev-network-vpc",
      "aws:ec2/eip:Eip eks-istio-dev-network-nat-ap-northeast-2a",
    ]);
  });
});

// One stack for all, as an up gets further and further.
describe("an up that a killed engine left, run again,", function () {
  this.timeout(300_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
  });
  after(() => lab.close());

  it("fails on a control plane that is there already, until it is adopted", async () => {
    await cutIn(lab, ({ type }) => type === "aws:eks/cluster:Cluster");
    await unlock(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /eks-istio-dev already exists/);
    await adopt(lab);
    lab.env = {};
    const { stopped } = await cutIn(
      lab,
      ({ type, name }) => type === releaseType && name.endsWith("-load-balancer-controller"),
    );
    assert.deepEqual([stopped.length, lab.orphans().length], [1, 1]);
  });

  it("fails on a release that Helm holds for unfinished, until that is uninstalled", async () => {
    await unlock(lab);
    await forget(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /cannot re-use a name that is still in use/);
    lab.cloud.uninstall("kube-system/aws-load-balancer-controller");
    const { stopped } = await cutIn(lab, ({ urn }) => urn.includes("stage:Gateway$kubernetes:core/v1:Service"));
    assert.deepEqual([stopped.length, lab.orphans().length], [1, 1]);
  });

  it("fails on the gateway's Service that is there already, until it is taken over", async () => {
    await unlock(lab);
    await forget(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /Service istio-ingress\/istio-ingress already exists/);
    lab.env = upsert;
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    assert.deepEqual([lab.orphans(), (await lab.preview()).steps], [[], []]);
    lab.env = {};
  });

  describe("killed inside an update that the cloud carried out", () => {
    /** Changes the stack file, kills the `up` in one update, unlocks, and gives what the stack then says to be pending. */
    async function cut(key: string, change: object, which: Which): Promise<string[]> {
      lab.configure({ ...lab.config, [key]: { ...(sample()[key] as object | undefined), ...change } });
      const { stopped } = await killedIn(
        lab,
        (call) => call.method === "update" && which(call),
        () => "after",
        "up",
      );
      assert.equal(stopped.length, 1);
      await unlock(lab);
      return (await exported(lab)).map((each) => each.replace(/urn:.*::/, ""));
    }

    async function finishes(): Promise<void> {
      lab.journal.clear();
      const { succeeded, diagnostics } = await lab.up();
      assert.ok(succeeded, diagnostics);
      const { steps } = await lab.preview();
      assert.deepEqual([lab.orphans(), steps, await exported(lab)], [[], [], []]);
    }

    it("is done once more by the next up, and not pending then", async () => {
      const pending = await cut("eks-istio:cluster", { nodeGroups: { default: { minSize: 4 } } }, ({ type }) =>
        type.endsWith(":NodeGroup"),
      );
      assert.deepEqual(pending, ["updating eks-istio-dev-default"]);
      await finishes();
      assert.deepEqual(
        lab.journal.changes().map(({ method, type }) => `${method} ${type}`),
        ["update aws:eks/nodeGroup:NodeGroup"],
      );
    });

    it("fails on a release that Helm holds for unfinished, until that is rolled back and refreshed", async () => {
      const pending = await cut("eks-istio:mesh", { version: "1.31.2" }, ({ name }) => name.endsWith("-istiod"));
      assert.deepEqual(pending, ["updating eks-istio-dev-mesh-istiod"]);
      lab.cloud.leaveStuck("istio-system/istiod");
      const refused = await lab.up();
      assert.match(refused.diagnostics, /another operation \(install\/upgrade\/rollback\) is in progress/);
      lab.cloud.rollback("istio-system/istiod");
      assert.ok((await lab.refresh()).succeeded);
      await finishes();
      assert.equal(lab.cloud.find(releaseType, "istio-system/istiod")?.inputs.version, "1.31.2");
    });
  });
});
