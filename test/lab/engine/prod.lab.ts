import assert from "node:assert/strict";
import { made } from "./graph";
import { Lab, sample, type Config, type Outcome } from "./lab";

/** The sample with protection taken off, as docs/changes.md has it before a destroy. */
function unprotected(): Config {
  const prod = sample("prod");
  const gateways = prod["eks-istio:gateways"] as { default: object };
  return {
    ...prod,
    "eks-istio:cluster": { ...(prod["eks-istio:cluster"] as object), deletionProtection: false },
    "eks-istio:gateways": { default: { ...gateways.default, deletionProtection: false } },
  };
}

// One stack for all of it, in this order: a step begins from what the one before it left.
describe("the hardened sample on the real engine", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start(undefined, "prod");
  });
  after(() => lab.close());

  it("has a first preview without a warning, which creates nothing", async () => {
    const { succeeded, steps, diagnostics } = await lab.preview();
    assert.deepEqual([succeeded, diagnostics.trim()], [true, ""]);
    assert.ok(steps.length > 100, `${steps.length} steps`);
    assert.deepEqual([lab.journal.changes(), lab.cloud.objects()], [[], []]);
  });

  it("comes up, each resource once, and nothing that the engine doesn't know", async () => {
    succeeds(await lab.up());
    const created = lab.journal.changes().map(({ method, urn }) => `${method} ${urn}`);
    const state = lab.state().filter(made);
    assert.deepEqual(created.sort(), state.map(({ urn }) => `create ${urn}`).sort());
    assert.deepEqual(lab.orphans(), []);
  });

  it("opens the private endpoint to each of the ranges that it names", () =>
    assert.deepEqual(
      lab.cloud
        .objects()
        .flatMap(({ type, inputs }) => (type.endsWith(":SecurityGroupIngressRule") ? (inputs.cidrIpv4 ?? []) : []))
        .sort(),
      ["10.64.0.0/16", "10.8.0.0/24"],
    ));

  it("has nothing to change in a second preview", async () => {
    const { succeeded, steps, diagnostics } = await lab.preview();
    assert.deepEqual([succeeded, steps], [true, []], diagnostics);
  });

  it("is destroyed whole once protection is off and applied, each step after its preview", async () => {
    lab.configure(unprotected());
    succeeds(await lab.up({ previewFirst: true }));
    succeeds(await lab.destroy({ previewFirst: true }));
    assert.deepEqual([lab.cloud.objects(), lab.state()], [[], []]);
  });
});

function succeeds({ succeeded, diagnostics }: Outcome): void {
  assert.ok(succeeded, diagnostics);
}
