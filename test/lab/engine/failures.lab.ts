import assert from "node:assert/strict";
import { waitsFor } from "./graph";
import { Lab, type Outcome } from "./lab";

describe("a creation that fails", function () {
  this.timeout(600_000);
  let lab: Lab;
  /** The runs, each with what it tried, and what of that was refused. */
  const runs: {
    readonly outcome: Outcome;
    readonly tried: readonly string[];
    readonly refused: readonly string[];
    readonly deleted: readonly string[];
  }[] = [];

  // Every resource's first creation fails. An engine ends its run at the first failure, so a run meets one, or a few that
  // are under way together, and the next run goes on.
  before(async () => {
    lab = await Lab.start();
    const refused = new Set<string>();
    lab.faults.refuse(
      ({ method, urn }) => method === "create" && !refused.has(urn),
      ({ urn, name }) => {
        refused.add(urn);
        return `no more ${name} today`;
      },
    );
    do {
      lab.journal.clear();
      const outcome = await lab.up();
      const creates = lab.journal.calls("create");
      runs.push({
        outcome,
        tried: creates.map(({ urn }) => urn),
        refused: creates.filter(({ failed }) => failed !== undefined).map(({ urn }) => urn),
        deleted: lab.journal.calls("delete").map(({ urn }) => urn),
      });
    } while (runs.at(-1)?.refused.length);
  });
  after(() => lab.close());

  it("happens to every resource, once, and the run after the last one finishes", () => {
    const resources = lab
      .state()
      .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
      .map(({ urn }) => urn);
    assert.deepEqual(runs.flatMap(({ refused }) => refused).sort(), resources.sort());
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
    const before = waitsFor(lab.state());
    const early = runs.flatMap(({ tried, refused }) =>
      tried.flatMap((urn) =>
        refused.filter((failed) => before.get(urn)?.has(failed)).map((failed) => `${urn} after ${failed}`),
      ),
    );
    assert.deepEqual(early, []);
  });

  it("leaves nothing that the engine doesn't know, and nothing to change", async () => {
    assert.deepEqual([lab.orphans(), (await lab.preview()).steps], [[], []]);
  });
});

describe("a cloud that throttles", () => {
  it("makes an up slower, and fails nothing", async () => {
    const lab = await Lab.start();
    try {
      lab.faults.throttle(({ method, type }) => method === "create" && type.startsWith("aws:ec2/"), 10);
      const { succeeded, diagnostics, milliseconds } = await lab.up();
      assert.ok(succeeded, diagnostics);
      const throttled = lab.journal.calls("create").filter(({ type }) => type.startsWith("aws:ec2/"));
      assert.ok(milliseconds > (throttled.length - 1) * 100, `${throttled.length} in ${milliseconds} ms`);
    } finally {
      lab.close();
    }
  });
});
