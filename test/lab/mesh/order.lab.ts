import assert from "node:assert/strict";
import { forPlainEnvoy, render } from "../charts/charts";
import { istioReleases } from "../charts/stacks";
import { ApiError, type KubernetesObject } from "../cluster/api";
import { until } from "../cluster/daemon";
import type { Mesh } from "./mesh";
import { useMesh } from "./use-mesh";
import { wrong } from "./wrong";

describe("before istiod", () => {
  const mesh = useMesh("order.yaml", (started) =>
    started.install(started.plan.filter(({ type }) => type === "kubernetes:core/v1:Namespace")),
  );

  it("the API server has no kind for any object of Istio's", async () => {
    const objects = istioObjects(mesh());
    assert.deepEqual([...new Set(objects.map(({ kind }) => kind))].sort(), [
      "DestinationRule",
      "Gateway",
      "PeerAuthentication",
      "VirtualService",
    ]);
    for (const object of objects) await assert.rejects(mesh().api.apply(object), refusal(404));
  });

  describe("while its webhooks are known, but none of its pods is ready", () => {
    before(async function () {
      this.timeout(300_000);
      await mesh().install(mesh().plan.filter(({ inputs }) => inputs.chart === "base"));
      for (const object of await chart(mesh(), "istiod")) await mesh().api.apply(withoutPods(object));
      for (const object of await chart(mesh(), "gateway")) await mesh().api.apply(object);
      for (const wanted of ["ServiceAccount", "Service", "Deployment"])
        for (const object of mesh().objects.filter(({ kind }) => kind === wanted)) await mesh().api.apply(object);
    });

    it("an object of Istio's is taken unjudged, however wrong", async () => {
      for (const { object } of wrong("shop")) await mesh().api.apply(object, true);
    });

    it("the pods of applications are held, as nothing could inject them", () => held("shop", 3));

    it("the gateway's pods are held, and none runs with the image auto", () => held("istio-ingress", 1));

    async function held(namespace: string, deployments: number): Promise<void> {
      const events = await until(`the held pods of ${deployments} Deployments in ${namespace}`, async () => {
        const failed = (await failures(mesh())).filter(({ metadata }) => metadata.namespace === namespace);
        return new Set(failed.map(({ about }) => about)).size === deployments ? failed : undefined;
      });
      for (const { message } of events) assert.match(message, /failed calling webhook ".*sidecar-injector\.istio\.io"/);
      assert.deepEqual(await mesh().api.list("v1", "Pod", namespace), []);
    }
  });

  describe("when it becomes ready, and goes again", () => {
    before(async function () {
      this.timeout(300_000);
      await mesh().scaleIstiod(1);
      await mesh().judges();
    });

    it("what was held comes by itself, with sidecars", async () => {
      await mesh().settle();
      await assertInjected(mesh());
    });

    it("a wrong object is refused with istiod's reason", async () => {
      for (const { object, reason } of wrong("shop"))
        await assert.rejects(mesh().api.apply(object, true), refusal(400, reason));
    });

    it("without it every object of Istio's is refused, though nothing is wrong with it", async () => {
      await mesh().scaleIstiod(0);
      for (const object of istioObjects(mesh()))
        await assert.rejects(mesh().api.apply(object, true), refusal(500, "failed calling webhook"));
    });
  });
});

describe("in the program's order", () => {
  // Nothing is tried twice: the first refusal would end it.
  const mesh = useMesh("order.yaml");

  it("nothing is refused, and every Deployment has its pod", async () => {
    const counts: Record<string, number> = {};
    for (const { metadata } of await mesh().api.list("v1", "Pod"))
      counts[metadata.namespace ?? ""] = (counts[metadata.namespace ?? ""] ?? 0) + 1;
    assert.deepEqual(counts, pods);
  });

  it("no pod is held", async () => assert.deepEqual(await failures(mesh()), []));

  it("every pod has its sidecar, and no container the image auto", () => assertInjected(mesh()));

  it("no container ends", () => {
    assert.equal(mesh().kubelet.running().length, 5);
    for (const { containers } of mesh().kubelet.running())
      for (const [name, daemon] of containers)
        assert.ok(daemon.running || name === "istio-init", `${daemon.name}:\n${daemon.tail()}`);
  });
});

/** How many pods each namespace has. */
const pods = { "istio-ingress": 1, "istio-system": 1, shop: 3 };

function istioObjects(mesh: Mesh): readonly KubernetesObject[] {
  return mesh.objects.filter(({ apiVersion }) => apiVersion.includes("istio.io/"));
}

/** What the API server says no with. */
function refusal(status: number, reason = "") {
  return (error: unknown) => error instanceof ApiError && error.status === status && error.message.includes(reason);
}

/** The objects of one of the plan's Releases. */
async function chart(mesh: Mesh, name: string): Promise<readonly KubernetesObject[]> {
  const release = istioReleases(mesh.plan).find((each) => each.chart === name);
  assert.ok(release, `no Release of the chart ${name}`);
  return render(mesh.sources, forPlainEnvoy(release));
}

function withoutPods(object: KubernetesObject): KubernetesObject {
  return object.kind === "Deployment" ? { ...object, spec: { ...(object.spec as object), replicas: 0 } } : object;
}

/** What ReplicaSets said about pods that the API server didn't take. */
async function failures(mesh: Mesh) {
  const events = await mesh.api.list("v1", "Event");
  return events
    .filter(({ reason }) => reason === "FailedCreate")
    .map(({ metadata, message, involvedObject }) => ({
      metadata,
      message: String(message),
      about: (involvedObject as { name: string }).name,
    }));
}

/** Asserts that every pod outside of istiod's namespace has a proxy, of a real image. */
async function assertInjected(mesh: Mesh): Promise<void> {
  const listed = (await mesh.api.list("v1", "Pod")).filter(({ metadata }) => metadata.namespace !== "istio-system");
  assert.equal(listed.length, 4);
  for (const { metadata, spec } of listed) {
    const { containers, initContainers = [] } = spec as PodSpec;
    const all = [...initContainers, ...containers];
    const proxies = all.filter(({ name }) => name === "istio-proxy");
    assert.deepEqual(
      proxies.map(({ image }) => image.includes("/proxyv2:")),
      [true],
      metadata.name,
    );
    assert.ok(all.every(({ image }) => image !== "auto"));
  }
}

interface PodSpec {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly initContainers?: PodSpec["containers"];
}
