import assert from "node:assert/strict";
import { made } from "./graph";
import { nameOf, typeOf } from "./journal";
import { Lab, sample, type Outcome } from "./lab";

const withManifests = {
  ...sample(),
  "eks-istio:namespaces": { jobs: {} },
  // The engine's process stands in the project's folder, as `pulumi up` does.
  "eks-istio:manifests": ["examples/manifests"],
};
const own = [
  "ConfigMap eks-istio-dev-manifests-ConfigMap/jobs/exchange-rates",
  "ServiceEntry eks-istio-dev-manifests-ServiceEntry/jobs/exchange-rates",
];
const namespace = "Namespace eks-istio-dev-namespaces-jobs";
const istiod = "Release eks-istio-dev-mesh-istiod";

// One stack for all of it, in this order: a step begins from what the one before it left.
describe("manifests of one's own on the real engine", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start(withManifests);
    succeeds(await lab.up());
  });
  after(() => lab.close());

  it("are made when their namespace stands and istiod serves", () => {
    for (const object of own)
      for (const first of [namespace, istiod]) assert.ok(place("create", first) < place("create", object), object);
  });

  it("are followed by a preview without a change", async () => {
    assert.deepEqual(succeeds(await lab.preview()).steps, []);
  });

  it("go when they leave the stack file, and nothing else but their namespace", async () => {
    lab.journal.clear();
    lab.configure(sample());
    succeeds(await lab.up());
    assert.deepEqual(changes(), [...own, namespace].map((each) => `delete ${each}`).sort());
    for (const object of own) assert.ok(place("delete", object) < place("delete", namespace), object);
  });

  it("come back, and are gone before their namespace and istiod in a destroy", async () => {
    lab.configure(withManifests);
    succeeds(await lab.up());
    lab.journal.clear();
    succeeds(await lab.destroy());
    for (const object of own)
      for (const last of [namespace, istiod]) assert.ok(place("delete", object) < place("delete", last), object);
    assert.deepEqual(lab.state().filter(made), []);
  });

  it("stop the program before its first resource where one can't be applied", async () => {
    lab.journal.clear();
    lab.configure({ ...withManifests, "eks-istio:namespaces": {} });
    const { succeeded, diagnostics } = await lab.preview();
    assert.equal(succeeded, false);
    assert.match(
      diagnostics,
      /has, at examples\/manifests\/exchange-rates[.]yaml:1, ConfigMap jobs\/exchange-rates, in a namespace that nothing makes/,
    );
    assert.deepEqual(lab.journal.changes(), []);
  });

  function changes(): string[] {
    return lab.journal
      .changes()
      .map(({ method, urn }) => `${method} ${labelOf(urn)}`)
      .sort();
  }

  function place(method: string, label: string): number {
    const found = lab.journal.changes().findIndex((call) => call.method === method && labelOf(call.urn) === label);
    assert.notEqual(found, -1, `no ${method} of ${label}`);
    return found;
  }
});

function labelOf(urn: string): string {
  return `${typeOf(urn).split(":").at(-1) ?? ""} ${nameOf(urn)}`;
}

function succeeds(outcome: Outcome): Outcome {
  assert.ok(outcome.succeeded, outcome.diagnostics);
  return outcome;
}
