import assert from "node:assert/strict";
import { nameOf, typeOf } from "./journal";
import { Lab, sample, type Config } from "./lab";

const cluster = sample()["eks-istio:cluster"] as object;

/** The sample stack with a second domain or without; what is protected is told apart. */
function keys(
  protection: { readonly cluster: boolean; readonly gateway: boolean },
  additional: readonly object[],
): Config {
  return {
    ...sample(),
    "eks-istio:domain": { name: "lab.internal", additional },
    "eks-istio:cluster": { ...cluster, deletionProtection: protection.cluster },
    "eks-istio:gateways": { default: { deletionProtection: protection.gateway } },
  };
}

const on = { cluster: true, gateway: true };
const off = { cluster: false, gateway: false };
const further = [{ name: "lab2.internal" }];
const domain = "eks-istio-dev-domain-lab2.internal";

// The steps of docs/changes.md, in their order: each begins from what the one before it left.
describe("a domain that is taken out of a protected stack", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start(keys(on, further));
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
  });
  after(() => lab.close());

  it("is refused in the preview, for its records, before anything changes", async () => {
    lab.configure(keys(on, []));
    assert.deepEqual(await refused(), [`${domain}-apex-a`, `${domain}-wildcard-a`]);
  });

  it("is refused for its zone once the gateway's protection alone is off", async () => {
    lab.configure(keys({ ...on, gateway: false }, further));
    assert.deepEqual(await changes(), ["update Service eks-istio-dev-istio-ingress/istio-ingress"]);
    lab.configure(keys({ ...on, gateway: false }, []));
    assert.deepEqual(await refused(), [`${domain}-zone`]);
  });

  it("1 and 2: an up with both off changes the protection and nothing else", async () => {
    lab.configure(keys(off, further));
    assert.deepEqual(await changes(), ["update Cluster eks-istio-dev-eksCluster"]);
    assert.deepEqual(
      lab.state().filter(({ protect }) => protect === true),
      [],
    );
  });

  it("3: the change then goes through: the load balancer lets go of the certificate, then all of the domain's goes", async () => {
    lab.configure(keys(off, []));
    const done = await changes();
    assert.deepEqual(done.filter((call) => !call.startsWith("delete ")).sort(), [
      "update Gateway eks-istio-dev-gateway-wildcard",
      "update Service eks-istio-dev-istio-ingress/istio-ingress",
    ]);
    assert.deepEqual(done.filter((call) => call.startsWith("delete ")).sort(), [
      `delete Certificate ${domain}-certificate`,
      `delete CertificateValidation ${domain}-certificate`,
      `delete Record ${domain}-apex-a`,
      `delete Record ${domain}-certificate-lab2.internal`,
      `delete Record ${domain}-wildcard-a`,
      `delete Zone ${domain}-zone`,
    ]);
    assert.ok(
      done.indexOf("update Service eks-istio-dev-istio-ingress/istio-ingress") <
        done.indexOf(`delete Certificate ${domain}-certificate`),
    );
    assert.deepEqual(lab.orphans(), []);
  });

  it("4: protection comes on again, for what is left", async () => {
    lab.configure(keys(on, []));
    assert.deepEqual((await changes()).sort(), [
      "update Cluster eks-istio-dev-eksCluster",
      "update Service eks-istio-dev-istio-ingress/istio-ingress",
    ]);
    assert.equal(lab.state().filter(({ protect }) => protect === true).length, 7);
  });

  /** What an up is refused for, which changes nothing. */
  async function refused(): Promise<string[]> {
    lab.journal.clear();
    const { succeeded, output, diagnostics } = await lab.up({ previewFirst: true });
    assert.deepEqual([succeeded, lab.journal.changes()], [false, []]);
    const names = `${output}${diagnostics}`.matchAll(/::([^":]+)" cannot be deleted\s+because it is protected/g);
    return [...new Set([...names].map(([, name = ""]) => name))].sort();
  }

  /** What an up does after its preview. */
  async function changes(): Promise<string[]> {
    lab.journal.clear();
    const { succeeded, diagnostics } = await lab.up({ previewFirst: true });
    assert.ok(succeeded, diagnostics);
    return lab.journal.changes().map(({ method, urn }) => `${method} ${kind(typeOf(urn))} ${nameOf(urn)}`);
  }
});

/** `kubernetes:core/v1:Service` is a `Service`. */
function kind(type: string): string {
  return type.split(":").at(-1) ?? "";
}
