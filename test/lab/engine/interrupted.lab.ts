import assert from "node:assert/strict";
import { ready, type Graph } from "./graph";
import { adopt, remove, unlock } from "./interrupted";
import { typeOf, type Call } from "./journal";
import { everyNthLayer, inTurn, killInEach, type Cut, type Kill } from "./kills";
import { Lab } from "./lab";
import { sampleGraph } from "./sample-graph";

/** A kill while no call was under way. */
interface Between extends Kill {
  /** What could begin as the run began. */
  readonly ready: readonly string[];
  /** What the run had created. */
  readonly returned: readonly string[];
  readonly orphans: readonly string[];
}

// What can be under way together is cut together: one run for each resource would take more than ten minutes.
describe("an engine killed inside creations", function () {
  this.timeout(600_000);
  const carriedOut: Cut = () => "after";
  const all = (graph: Graph) => new Set(graph.keys());
  // What has no id to import is the same whatever it is.
  const some = (graph: Graph) => everyNthLayer(graph, 3);
  const ways = [
    ["that the cloud had carried out, and adopted by import or taken over", all, carriedOut, adopt],
    ["on every third layer, of which it had carried out every other one, and removed by hand", some, inTurn, remove],
  ] as const;
  let graph: Graph;
  let labs: readonly Lab[] = [];
  let killsOf: readonly (readonly Kill[])[];
  // Side by side: an engine that starts leaves a second core idle.
  before(async () => {
    graph = await sampleGraph();
    labs = await Promise.all(ways.map(() => Lab.start()));
    killsOf = await Promise.all(
      ways.map(([, whichOf, cut, wayOut], index) => {
        const which = whichOf(graph);
        const isCut = ({ method, urn }: Call) => method === "create" && which.has(urn);
        return killInEach(labs[index]!, "up", isCut, cut, { graph, wayOut });
      }),
    );
  });
  after(() => labs.forEach((lab) => lab.close()));

  for (const [index, [title, whichOf]] of ways.entries()) {
    describe(title, () => {
      let lab: Lab;
      let kills: readonly Kill[];
      before(() => {
        lab = labs[index]!;
        kills = killsOf[index]!;
      });

      it("is killed in the creation of each of them", () => {
        assert.deepEqual(kills.flatMap(({ stopped }) => stopped).sort(), [...whichOf(graph)].sort());
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
    });
  }

  describe("leaves a stack that can be destroyed", () => {
    it("at once", async () => {
      const { succeeded, diagnostics } = await labs[1]!.destroy();
      assert.ok(succeeded, diagnostics);
      assert.deepEqual(labs[1]!.cloud.objects(), []);
    });

    it("by an engine killed inside each deletion, half of which the cloud had carried out", async () => {
      const lab = labs[0]!;
      const kills = await killInEach(lab, "destroy", ({ method }) => method === "delete", inTurn);
      assert.deepEqual(kills.flatMap(({ stopped }) => stopped).sort(), [...graph.keys()].sort());
      assert.deepEqual([lab.cloud.objects(), lab.state()], [[], []]);
    });
  });
});

/** At which of its new resources an engine is killed, in turn: in the midst of those that it begins with, and far on. */
const moments = [3, 30] as const;

// An engine decides on one resource after another: while it waits there, nothing new begins, and what began ends. It knows
// no more of one resource than of the next, so that a few moments stand for all: in AWS and in the cluster, between layers
// and in the midst of one.
describe(`an engine killed between calls, in turn at the ${moments.join("rd and the ")}th resource that it decides on`, function () {
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
    assert.ok(kills.length >= 2 * moments.length, `${kills.length} kills`);
    for (const { stopped, pending, orphans } of kills)
      assert.deepEqual([stopped.length, pending, orphans], [1, [], []]);
  });

  it("stands at resources of AWS, and at some of the cluster", () => {
    const packages = new Set(kills.flatMap(({ stopped }) => stopped.map((urn) => typeOf(urn).split(":")[0])));
    assert.ok(packages.has("aws") && packages.has("kubernetes"), [...packages].join(", "));
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

/** Runs `up` again and again; each time it is killed at one of the resources that are new. */
async function killBetween(lab: Lab, graph: Graph): Promise<Between[]> {
  for (const kills: Between[] = []; ;) {
    const there = new Set(lab.state().map(({ urn }) => urn));
    const began = lab.journal.calls("create").length;
    let left = moments[kills.length % 2 === 0 ? 0 : 1];
    const hold = lab.faults.hold(({ method, urn }) => method === "check" && !there.has(urn) && --left <= 0);
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
