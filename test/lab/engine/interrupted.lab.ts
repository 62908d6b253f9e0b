import assert from "node:assert/strict";
import { pulumi } from "../tools/tools";
import type { Moment, Which } from "./faults";
import { ready, type Graph } from "./graph";
import { adopt, cutShort, exported, forget, remove, unlock, upsert } from "./interrupted";
import { releaseType } from "./kubernetes";
import { Lab, sample } from "./lab";
import { sampleGraph } from "./sample-graph";

/** One kill of the engine, and what it left. */
interface Kill {
  readonly stopped: readonly string[];
  readonly pending: readonly string[];
}

/** A kill while no call was under way. */
interface Between extends Kill {
  /** What could begin as the run began. */
  readonly ready: readonly string[];
  /** What the run had created. */
  readonly returned: readonly string[];
  readonly orphans: readonly string[];
}

/** When a call is cut; the cloud has carried out what is cut after it. */
type Cut = (index: number) => Moment;

// What can be under way together is cut together: one run for each resource would take more than ten minutes.
describe("an engine killed inside creations", function () {
  this.timeout(600_000);
  const carriedOut: Cut = () => "after";
  const inTurn: Cut = (index) => (index % 2 === 0 ? "before" : "after");
  const ways = [
    ["that the cloud had carried out, and adopted by import or taken over", carriedOut, adopt],
    ["of which the cloud had carried out every other one, and removed by hand", inTurn, remove],
  ] as const;
  let graph: Graph;
  let labs: readonly Lab[] = [];
  let killsOf: readonly (readonly Kill[])[];
  // Side by side: an engine that starts leaves a second core idle.
  before(async () => {
    graph = await sampleGraph();
    labs = await Promise.all(ways.map(() => Lab.start()));
    killsOf = await Promise.all(ways.map(([, cut, wayOut], index) => killInEvery(labs[index]!, graph, cut, wayOut)));
  });
  after(() => labs.forEach((lab) => lab.close()));

  for (const [index, [title]] of ways.entries()) {
    describe(title, () => {
      let lab: Lab;
      let kills: readonly Kill[];
      before(() => {
        lab = labs[index]!;
        kills = killsOf[index]!;
      });

      it("is killed in every resource's creation", () => {
        assert.deepEqual(kills.flatMap(({ stopped }) => stopped).sort(), [...graph.keys()].sort());
      });

      it("names each creation that was cut as pending", () => {
        for (const { stopped, pending } of kills) assert.deepEqual([...pending].sort(), [...stopped].sort());
      });

      it("ends converged: nothing twice, nothing orphaned, nothing pending, nothing to change", async () => {
        assert.deepEqual([lab.orphans(), lab.pending(), (await lab.preview()).steps], [[], [], []]);
        assert.equal(lab.cloud.objects().length, graph.size);
      });

      it("never creates again what had returned", () => {
        const returned = lab.journal
          .calls("create")
          .filter(({ failed }) => failed === undefined)
          .map(({ urn }) => urn);
        assert.deepEqual(
          returned.filter((urn, index) => returned.indexOf(urn) !== index),
          [],
        );
      });

      it("leaves a stack that can be destroyed", async () => {
        const { succeeded, diagnostics } = await lab.destroy();
        assert.ok(succeeded, diagnostics);
        assert.deepEqual(lab.cloud.objects(), []);
      });
    });
  }
});

/** At which of its new resources an engine is killed. One run for each would take too long. */
const stride = 8;

// An engine decides on one resource after another: while it waits there, nothing new begins, and what began ends.
describe(`an engine killed between calls, at every ${stride}th resource that it decides on`, function () {
  this.timeout(600_000);
  let lab: Lab;
  let graph: Graph;
  let kills: Between[];
  before(async () => {
    graph = await sampleGraph();
    lab = await Lab.start();
    kills = await killBetween(lab, graph);
  });
  after(() => lab.close());

  it("stands at one resource each time, and nothing is under way", () => {
    assert.ok(kills.length >= graph.size / stride - 1, `${kills.length} kills`);
    for (const { stopped, pending, orphans } of kills)
      assert.deepEqual([stopped.length, pending, orphans], [1, [], []]);
  });

  it("stands in the midst of a layer too: what could begin together is there in part", () => {
    const midst = kills.filter(({ ready, stopped, returned }) => {
      const together = ready.filter((urn) => returned.includes(urn));
      return together.length > 0 && stopped.every((urn) => ready.includes(urn));
    });
    assert.ok(midst.length > 0, `${kills.length} kills`);
  });

  it("goes on after pulumi cancel alone, and creates each resource once", async () => {
    const created = lab.journal.calls("create").map(({ urn }) => urn);
    assert.deepEqual(created.sort(), [...graph.keys()].sort());
    assert.deepEqual([lab.orphans(), lab.pending(), (await lab.preview()).steps], [[], [], []]);
  });
});

describe("a stack that a killed engine left", function () {
  this.timeout(300_000);
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.start();
  });
  afterEach(() => lab.close());

  /** Kills the engine in one creation that the cloud carries out. */
  const cut = (which: Which) =>
    killedIn(
      lab,
      (call) => call.method === "create" && which(call),
      () => "after",
      "up",
    );

  it("is locked, and says so, until pulumi cancel", async () => {
    await cut(({ name }) => name.endsWith("-logs"));
    const locked = await lab.up();
    assert.ok(!locked.succeeded && locked.diagnostics.includes("pulumi cancel"), locked.diagnostics);
    await unlock(lab);
    const { succeeded, diagnostics } = await lab.preview();
    assert.ok(succeeded, diagnostics);
  });

  // The page begins with the export for that. If this fails with another pin of the CLI, it may not need to any more.
  it(`names what is pending in its export, but in no preview of pulumi ${pulumi.version}`, async () => {
    const { stopped } = await cut(({ name }) => name.endsWith("-network-vpc"));
    await unlock(lab);
    assert.deepEqual(
      await exported(lab),
      stopped.map((urn) => `creating ${urn}`),
    );
    const { output, diagnostics } = await lab.preview();
    assert.doesNotMatch(output + diagnostics, /pending operations|interrupted/);
  });

  it("warns of what is pending when the next up is through, which leaves it pending", async () => {
    const { stopped } = await cut(({ name }) => name.endsWith("-network-vpc"));
    await unlock(lab);
    const { output } = await lab.up({ previewFirst: true });
    assert.ok(output.indexOf("interrupted while creating") > output.lastIndexOf(" created ("), output);
    assert.deepEqual(
      lab.pending().map(({ urn }) => urn),
      stopped,
    );
  });

  it("gets a second VPC where nobody looked for the first, which the cloud then shows as an orphan", async () => {
    await cut(({ name }) => name.endsWith("-network-vpc"));
    await unlock(lab);
    await forget(lab);
    assert.ok((await lab.up()).succeeded);
    assert.deepEqual(lab.orphans(), ["aws:ec2/vpc:Vpc eks-istio-dev-network-vpc"]);
  });

  // The page warns of it. If this fails with another pin of the CLI, it may not need to any more.
  it(`is forgotten by pulumi ${pulumi.version} refresh --import-pending-creates, without a warning`, async () => {
    await cut(({ name }) => name.endsWith("-network-vpc"));
    await unlock(lab);
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

  it("fails on a control plane that is there already, until it is adopted", async () => {
    await cut(({ type }) => type === "aws:eks/cluster:Cluster");
    await unlock(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /eks-istio-dev already exists/);
    await adopt(lab);
    assert.ok((await lab.up()).succeeded);
    assert.deepEqual([lab.orphans(), (await lab.preview()).steps], [[], []]);
  });

  it("fails on the gateway's Service that is there already, until it is taken over", async () => {
    await cut(({ urn }) => urn.includes("stage:Gateway$kubernetes:core/v1:Service"));
    await unlock(lab);
    await forget(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /Service istio-ingress\/istio-ingress already exists/);
    lab.env = upsert;
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    assert.deepEqual([lab.orphans(), (await lab.preview()).steps], [[], []]);
  });

  it("fails on a release that Helm holds for unfinished, until that is uninstalled", async () => {
    await cut(({ type, name }) => type === releaseType && name.endsWith("-istiod"));
    await unlock(lab);
    await forget(lab);
    const refused = await lab.up();
    assert.match(refused.diagnostics, /cannot re-use a name that is still in use/);
    lab.cloud.uninstall("istio-system/istiod");
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    assert.deepEqual([lab.orphans(), (await lab.preview()).steps], [[], []]);
  });
});

// One stack for both: the second begins from what the first left.
describe("an engine killed inside an update that the cloud carried out", function () {
  this.timeout(300_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
  });
  after(() => lab.close());

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

describe("a destroy killed inside every deletion, of which the cloud had carried out every other one", function () {
  this.timeout(600_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
  });
  after(() => lab.close());

  it("leaves nothing when it is run again", async () => {
    assert.ok((await lab.up()).succeeded);
    const graph = await sampleGraph();
    const met = new Set<string>();
    for (;;) {
      const { stopped } = await killedIn(
        lab,
        ({ method, urn }) => method === "delete" && !met.has(urn),
        (index) => (index % 2 === 0 ? "before" : "after"),
        "destroy",
      );
      if (stopped.length === 0) break;
      for (const urn of stopped) met.add(urn);
      await unlock(lab);
    }
    assert.deepEqual([...met].sort(), [...graph.keys()].sort());
    assert.deepEqual([lab.cloud.objects(), lab.state()], [[], []]);
  });
});

/** Runs `up` again and again, each time killed in creations that were not cut before, until one gets through. */
async function killInEvery(lab: Lab, graph: Graph, cut: Cut, wayOut: (lab: Lab) => Promise<void>): Promise<Kill[]> {
  const met = new Set<string>();
  for (const kills: Kill[] = []; ;) {
    const kill = await killedIn(lab, ({ method, urn }) => method === "create" && !met.has(urn), cut, "up", graph);
    if (kill.stopped.length === 0) return kills;
    kills.push(kill);
    for (const urn of kill.stopped) met.add(urn);
    await unlock(lab);
    await wayOut(lab);
  }
}

/** Runs `up` again and again; each time it may begin with some that are new, and is killed at the next one. */
async function killBetween(lab: Lab, graph: Graph): Promise<Between[]> {
  for (const kills: Between[] = []; ;) {
    const there = new Set(lab.state().map(({ urn }) => urn));
    const began = lab.journal.calls("create").length;
    let met = 0;
    const hold = lab.faults.hold(({ method, urn }) => method === "check" && !there.has(urn) && ++met >= stride);
    const outcome = await lab.killAt(hold, "up");
    if (outcome) {
      assert.ok(outcome.succeeded, outcome.diagnostics);
      return kills;
    }
    kills.push({
      ready: ready(graph, there),
      returned: lab.journal
        .calls("create")
        .slice(began)
        .map(({ urn }) => urn),
      stopped: hold.stopped.map(({ urn }) => urn),
      pending: lab.pending().map(({ urn }) => urn),
      orphans: lab.orphans(),
    });
    await unlock(lab);
  }
}

async function killedIn(lab: Lab, which: Which, cut: Cut, operation: "up" | "destroy", graph?: Graph): Promise<Kill> {
  const hold = lab.faults.hold(which, cut);
  const outcome = await lab.killAt(hold, operation, graph);
  if (outcome) assert.ok(outcome.succeeded, outcome.diagnostics);
  // The provider died with the engine, and Helm was not done.
  for (const { object } of cutShort(lab)) if (object.type === releaseType) lab.cloud.leaveStuck(object.id);
  return { stopped: hold.stopped.map(({ urn }) => urn), pending: lab.pending().map(({ urn }) => urn) };
}
