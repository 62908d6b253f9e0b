import assert from "node:assert/strict";
import { made } from "./graph";
import { nameOf, typeOf } from "./journal";
import { Lab, sample, type Outcome } from "./lab";

const cluster = sample()["eks-istio:cluster"] as object;
const gateway = ((sample()["eks-istio:gateways"] ?? {}) as { default?: object }).default;

/** The sample stack, protected or not. */
function keys(deletionProtection: boolean) {
  return {
    ...sample(),
    "eks-istio:cluster": { ...cluster, deletionProtection },
    "eks-istio:gateways": { default: { ...gateway, deletionProtection } },
  };
}

const guarded = [
  "Cluster eks-istio-dev-eksCluster",
  "Record eks-istio-dev-domain-lab.internal-apex-a",
  "Record eks-istio-dev-domain-lab.internal-wildcard-a",
  "Release eks-istio-dev-istio-ingress/istio-ingress",
  "Release eks-istio-dev-mesh-istiod",
  "Service eks-istio-dev-istio-ingress/istio-ingress",
  "Zone eks-istio-dev-domain-lab.internal-zone",
];

// One stack for all of it, in this order: a step begins from what the one before it left.
describe("a stack with deletion protection on the real engine", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start(keys(true));
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
  });
  after(() => lab.close());

  it("has the control plane, istiod, the zone and the gateway's load balancer protected, and nothing else", () => {
    assert.deepEqual(
      lab
        .state()
        .filter(({ protect }) => protect === true)
        .map(({ type, name }) => `${kind(type)} ${name}`)
        .sort(),
      guarded,
    );
  });

  it("refuses a previewed destroy before anything goes", async () => {
    const before = lab.state().filter(made).length;
    lab.journal.clear();
    const { succeeded, output, diagnostics } = await lab.destroy({ previewFirst: true });
    assert.equal(succeeded, false);
    assert.match(`${output}${diagnostics}`, /cannot be deleted\s+because it is protected/);
    assert.deepEqual([lab.journal.changes(), lab.state().filter(made).length], [[], before]);
  });

  it("refuses another scheme, which would replace the load balancer, before anything changes", async () => {
    lab.journal.clear();
    lab.configure({
      ...keys(true),
      "eks-istio:gateways": { default: { ...gateway, deletionProtection: true, scheme: "internal" } },
    });
    const { succeeded, output, diagnostics } = await lab.up({ previewFirst: true });
    assert.equal(succeeded, false);
    assert.match(
      `${output}${diagnostics}`,
      /unable to replace resource "[^"]*eks-istio-dev-istio-ingress\/istio-ingress"\s+as it is currently marked for protection/,
    );
    assert.deepEqual(lab.journal.changes(), []);
  });

  it("takes an administrator away and more nodes in all the same", async () => {
    lab.journal.clear();
    lab.configure({
      ...keys(true),
      "eks-istio:cluster": {
        ...cluster,
        deletionProtection: true,
        admins: {},
        nodeGroups: { default: { minSize: 4 } },
      },
    });
    const outcome = await lab.up();
    assert.ok(outcome.succeeded, outcome.diagnostics);
    assert.deepEqual(
      told(outcome).filter((step) => /AccessEntry|NodeGroup/.test(step)),
      ["update NodeGroup eks-istio-dev-default", "delete AccessEntry eks-istio-dev-platform"],
    );
  });

  it("is destroyed whole once protection is off and applied", async () => {
    lab.configure(keys(false));
    const off = await lab.up();
    assert.ok(off.succeeded, off.diagnostics);
    assert.deepEqual(
      lab.state().filter(({ protect }) => protect === true),
      [],
    );
    const { succeeded, diagnostics } = await lab.destroy({ previewFirst: true });
    assert.ok(succeeded, diagnostics);
    assert.deepEqual([lab.cloud.objects(), lab.state()], [[], []]);
  });
});

function told({ steps }: Outcome): string[] {
  return steps.map(({ operation, urn }) => `${operation} ${kind(typeOf(urn))} ${nameOf(urn)}`);
}

/** `kubernetes:core/v1:Service` is a `Service`. */
function kind(type: string): string {
  return type.split(":").at(-1) ?? "";
}
