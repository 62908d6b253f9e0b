import assert from "node:assert/strict";
import { Lab, type Config } from "../engine/lab";
import { nextIstioVersion } from "./cluster";
import { inventory, settled } from "./inventory";
import { both, told } from "./steps";
import { useCluster } from "./use-cluster";

// One stack for all of it, in this order: a step begins from what the one before it left. The same stack on the
// stand-in goes beside it, and the engine must decide the same for both.
describe("the sample stack with the real provider of Kubernetes", function () {
  this.timeout(300_000);
  const stack = useCluster();
  let standIn: Lab;
  let untouched: string[];
  before(async () => {
    standIn = await Lab.start();
    untouched = await settled(stack().cluster.api);
  });
  after(() => standIn.close());

  const gateway = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: "istio-ingress", name: "istio-ingress" },
  };
  const route = {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { namespace: "membership", name: "membership.ingress" },
  };

  const scaled = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace: "bookinfo", name: "productpage-v1" },
  };
  const autoscaler = { ...scaled, apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" };

  /** Changes keys of the stack file, and gives what the `up` then decided on, with the real provider as with its stand-in. */
  async function changed(keys: Config): Promise<string[]> {
    const { lab } = stack();
    for (const each of [lab, standIn]) each.configure({ ...each.config, ...keys });
    return told(await both("up", lab, standIn));
  }

  it("is previewed with no cluster, without a warning, and nothing is made", async () => {
    const { cluster, lab } = stack();
    const { diagnostics } = await both("preview", lab, standIn);
    assert.equal(diagnostics.trim(), "");
    assert.deepEqual(await inventory(cluster.api), untouched);
  });

  it("comes up, and calls every object as the stand-in does", async () => {
    const { lab } = stack();
    await both("up", lab, standIn);
    const ids = (of: Lab) =>
      of
        .state()
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map(({ urn, id }) => `${urn} ${id ?? ""}`)
        .sort();
    assert.deepEqual(ids(lab), ids(standIn));
  });

  it("has its records point at the load balancer", () => {
    const { cluster, lab } = stack();
    const [balancer, ...others] = cluster.loadBalancers.all();
    assert.deepEqual([balancer?.scheme, others], ["internet-facing", []]);
    assert.deepEqual(aliases(lab), [balancer?.hostname]);
  });

  it("is previewed again without a change", async () => {
    assert.deepEqual(told(await both("preview", stack().lab, standIn)), []);
  });

  it("is refreshed: only what the cluster says of objects is new, and a preview has no change", async () => {
    const { lab } = stack();
    const refreshed = await lab.refresh();
    assert.ok(refreshed.succeeded, refreshed.diagnostics);
    assert.deepEqual(
      told(refreshed).filter((step) => !step.startsWith("update ")),
      [],
    );
    assert.deepEqual(told(await lab.preview()), []);
  });

  it("takes another patch of Istio by updates of its three releases", async () => {
    assert.deepEqual(await changed({ "eks-istio:mesh": { version: nextIstioVersion } }), [
      "update Release",
      "update Release",
      "update Release",
    ]);
  });

  // Both directions: what the API server fills in of one must not be in the way of the other.
  for (const scheme of ["internal", "internet-facing"])
    it(`takes the scheme ${scheme}: another load balancer, which the records follow`, async () => {
      const { cluster, lab } = stack();
      const [before] = cluster.loadBalancers.all();
      assert.deepEqual(await changed({ "eks-istio:gateways": { default: { scheme } } }), [
        "create-replacement Service",
        "delete-replaced Service",
        "replace Service",
        "update Record",
        "update Record",
      ]);
      const [after, ...others] = cluster.loadBalancers.all();
      assert.deepEqual([after?.scheme, others], [scheme, []]);
      assert.notEqual(after?.hostname, before?.hostname);
      assert.deepEqual(aliases(lab), [after?.hostname]);
      assert.equal((await cluster.api.get(gateway)).metadata.uid, after?.service);
    });

  it("sees a field of its route that somebody else's server-side apply took, and takes it back", async () => {
    const { cluster, lab } = stack();
    const options = { refresh: true };
    await both("up", lab, standIn, options);
    const { spec } = await cluster.api.get(route);
    const [first] = httpOf(spec);
    const taken = { spec: { ...(spec as object), http: [{ ...first, timeout: "1s" }] } };
    await cluster.api.apply({ ...route, ...taken });
    standIn.cloud.take(
      "kubernetes:networking.istio.io/v1:VirtualService",
      "membership/membership.ingress",
      taken,
      "lab",
    );
    const mended = ["update VirtualService"];
    assert.deepEqual(told(await both("preview", lab, standIn, options)), mended);
    assert.deepEqual(told(await both("up", lab, standIn, options)), mended);
    assert.deepEqual((await cluster.api.get(route)).spec, spec);
    assert.deepEqual(told(await both("preview", lab, standIn, options)), []);
  });

  // No autoscaler runs here: it would have no metrics. What it writes, it writes there.
  it("leaves a Deployment's replicas as an autoscaler set them", async () => {
    const { cluster, lab } = stack();
    await cluster.api.patch(scaled, { spec: { replicas: 3 } }, "scale");
    assert.deepEqual(told(await both("up", lab, standIn, { refresh: true })), []);
    assert.equal(((await cluster.api.get(scaled)).spec as { replicas?: number }).replicas, 3);
  });

  it("is refused a field of an autoscaler that somebody raised, and goes on when they give it back", async () => {
    const { cluster, lab } = stack();
    const [type, id] = ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "bookinfo/productpage-v1"];
    const { spec } = await cluster.api.get(autoscaler);
    const raised = { spec: { ...(spec as object), maxReplicas: 9 } };
    await cluster.api.apply({ ...autoscaler, ...raised });
    standIn.cloud.take(type, id, raised, "lab");
    for (const each of [lab, standIn]) {
      const { succeeded, diagnostics } = await each.up({ refresh: true });
      assert.ok(!succeeded);
      assert.match(diagnostics, /Apply failed with 1 conflict: conflict with "lab"/);
    }
    assert.deepEqual((await cluster.api.get(autoscaler)).spec, raised.spec);
    await cluster.api.apply({ ...autoscaler, spec });
    standIn.cloud.take(type, id, { spec }, "lab");
    assert.deepEqual(told(await both("up", lab, standIn, { refresh: true })), []);
  });

  it("is destroyed: nothing is left but Istio's CRDs, which Helm keeps, and what istiod writes into every namespace", async () => {
    const { cluster, lab } = stack();
    await both("destroy", lab, standIn);
    assert.deepEqual([lab.state(), lab.cloud.objects(), cluster.loadBalancers.all()], [[], [], []]);
    const left = (await inventory(cluster.api)).filter((each) => !untouched.includes(each));
    assert.deepEqual(
      left.filter((each) => !/^CustomResourceDefinition .*\.istio\.io$/.test(each)),
      ["default", "kube-system"].flatMap((namespace) => [
        `ConfigMap ${namespace}/istio-ca-crl`,
        `ConfigMap ${namespace}/istio-ca-root-cert`,
      ]),
    );
  });
});

function httpOf(spec: unknown): readonly object[] {
  return (spec as { http: readonly object[] }).http;
}

/** The load balancers that the records point at, each once. */
function aliases(lab: Lab): string[] {
  const names = lab
    .state()
    .filter(({ type, name }) => type === "aws:route53/record:Record" && name.endsWith("-a"))
    .flatMap(({ inputs }) => (inputs.aliases as readonly { readonly name: string }[]).map(({ name }) => name));
  return [...new Set(names)];
}
