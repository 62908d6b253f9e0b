import assert from "node:assert/strict";
import type { Graph } from "./graph";
import type { Call } from "./journal";
import { Lab, type Outcome } from "./lab";
import { sampleGraph } from "./sample-graph";

describe("a creation that fails", function () {
  this.timeout(600_000);
  let lab: Lab;
  let graph: Graph;
  let runs: Run[];
  before(async () => {
    graph = await sampleGraph();
    lab = await Lab.start();
    runs = await failEvery(lab, graph);
  });
  after(() => lab.close());

  it("happens to every resource, once, and the run after the last one finishes", () => {
    assert.deepEqual(runs.flatMap(({ refused }) => refused).sort(), [...graph.keys()].sort());
    assert.ok(runs.at(-1)?.outcome.succeeded, runs.at(-1)?.outcome.diagnostics);
  });

  it("takes nothing away that was there", () =>
    assert.deepEqual(
      runs.flatMap(({ deleted }) => deleted),
      [],
    ));

  it("is told with the resource's name and the reason", () => {
    for (const { outcome, refused } of runs.slice(0, -1)) {
      assert.equal(outcome.succeeded, false);
      const lines = outcome.diagnostics.split("\n");
      for (const urn of refused)
        assert.ok(
          lines.some((line) => line.startsWith(`${urn} `) && line.includes("today")),
          outcome.diagnostics,
        );
    }
  });

  it("keeps all that waits for it from being tried", () => {
    const early = runs.flatMap(({ tried, refused }) =>
      tried.flatMap((urn) =>
        refused.filter((failed) => graph.get(urn)?.has(failed)).map((failed) => `${urn} after ${failed}`),
      ),
    );
    assert.deepEqual(early, []);
  });

  it("leaves nothing that the engine doesn't know, and nothing to change", async () => {
    assert.deepEqual([lab.orphans(), (await lab.preview()).steps], [[], []]);
  });
});

describe("an up that goes on after failures (--continue-on-error)", () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
  });
  after(() => lab.close());

  it("keeps back exactly what waits for what failed, and the next one finishes", async () => {
    const graph = await sampleGraph();
    const failing = /CertificateValidation eks-istio-dev-domain-lab.internal-certificate$|Release .*-mesh-istiod$/;
    lab.faults.refuse(
      ({ method, type, name }) => method === "create" && failing.test(`${type} ${name}`),
      () => "not today",
    );
    assert.ok(!(await lab.up({ continueOnError: true })).succeeded);
    const failed = lab.journal.calls("create").flatMap((call) => (call.failed === undefined ? [] : [call.urn]));
    assert.equal(failed.length, 2);
    const kept = [...graph].filter(([urn, before]) => failed.some((each) => urn === each || before.has(each)));
    const there = new Set(lab.state().map(({ urn }) => urn));
    assert.deepEqual([...graph.keys()].filter((urn) => !there.has(urn)).sort(), kept.map(([urn]) => urn).sort());
    lab.faults.clear();
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    assert.deepEqual(lab.orphans(), []);
  });
});

describe("a cloud that throttles", () => {
  const perSecond = 10;
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
  });
  after(() => lab.close());

  it("lets through no more in a second than it says, and fails nothing", async () => {
    const throttled = ({ method, type }: Call) => method === "create" && type.startsWith("aws:ec2/");
    lab.faults.throttle(throttled, perSecond);
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
    const ends = lab.journal
      .calls("create")
      .filter(throttled)
      .map(({ ended = Infinity }) => ended)
      .sort((one, other) => one - other);
    assert.ok(ends.length > 2 * perSecond);
    // A timer may be late by a bit on a busy machine, and the next one on time.
    const together = Math.min(...ends.slice(perSecond).map((end, index) => end - (ends[index] ?? 0)));
    assert.ok(together > 800, `${perSecond + 1} in ${Math.round(together)} ms`);
  });
});

/** An `up` in which creations failed. */
interface Run {
  readonly outcome: Outcome;
  /** URNs of what it tried to create. */
  readonly tried: readonly string[];
  /** URNs of what was refused. */
  readonly refused: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Fails every resource's first creation. What can be made at the same time fails at the same time: one run for each
 * resource would take more than ten minutes. The last run is the one that meets no failure.
 */
async function failEvery(lab: Lab, graph: Graph): Promise<Run[]> {
  const refused = new Set<string>();
  lab.faults.refuse(
    ({ method, urn }) => method === "create" && !refused.has(urn),
    ({ urn, name }) => {
      refused.add(urn);
      return `no more ${name} today`;
    },
  );
  for (const runs: Run[] = []; ;) {
    lab.journal.clear();
    const hold = lab.faults.hold(({ method, urn }) => method === "create" && !refused.has(urn));
    const outcome = await lab.releaseAt(hold, graph);
    assert.ok(outcome);
    const creates = lab.journal.calls("create");
    const run = {
      outcome,
      tried: creates.map(({ urn }) => urn),
      refused: creates.filter(({ failed }) => failed !== undefined).map(({ urn }) => urn),
      deleted: lab.journal.calls("delete").map(({ urn }) => urn),
    };
    runs.push(run);
    if (run.refused.length === 0) return runs;
  }
}
