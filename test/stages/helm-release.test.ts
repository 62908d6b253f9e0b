import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { record } from "../../cli/plan/record";
import type { Chart } from "../../components/manifests/charts/chart";
import { helmRelease } from "../../components/stages/helm-release";
import { stackConfig } from "../stack";
import { Graph } from "./support";

const kiali = {
  chart: "kiali",
  repository: "https://charts.example.com",
  version: "1.2.3",
  release: "kiali",
  namespace: "monitoring",
  after: ["nodes", "dns"],
  values: { replicas: 2 },
} satisfies Chart;

/** A release of that chart, changed in part. */
async function released(change: Partial<Chart> = {}): Promise<Graph> {
  const program = () => {
    const provider = new k8s.Provider("shop-kubernetes", {});
    const [first, second, dns] = ["first", "second", "dns"].map(
      (name) => new k8s.core.v1.Namespace(name, { metadata: { name } }, { provider }),
    );
    helmRelease(
      "shop-kiali",
      { ...kiali, ...(change as object) },
      { nodes: [first!, second!], dns: dns! },
      { provider },
      { namespace: "changed" },
    );
  };
  return new Graph(await record(stackConfig(), program));
}

describe("the release of a chart", () => {
  it("waits for all that stands behind each name", async () => {
    const plan = await released();
    assert.deepEqual(plan.direct("Release shop-kiali"), [
      "Namespace dns",
      "Namespace first",
      "Namespace second",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("has the chart's name, version and values, a transform over them, and 600 seconds unless the chart needs more", async () => {
    const plan = await released();
    assert.deepEqual(plan.inputs("Release shop-kiali"), {
      name: "kiali",
      namespace: "changed",
      chart: "kiali",
      version: "1.2.3",
      repositoryOpts: { repo: "https://charts.example.com" },
      values: { replicas: 2 },
      timeout: 600,
      cleanupOnFail: true,
      maxHistory: 5,
      compat: "true",
    });
    assert.equal((await released({ timeout: 900 })).inputs("Release shop-kiali").timeout, 900);
  });

  it("takes a chart of a registry by its whole address", async () => {
    const { chart, version, repositoryOpts } = (
      await released({ repository: "oci://registry.example.com/charts/" })
    ).inputs("Release shop-kiali");
    assert.deepEqual([chart, version, repositoryOpts], ["oci://registry.example.com/charts/kiali", "1.2.3", undefined]);
  });

  it("is refused by the compiler where a name is forgotten, or is none of the chart's", () => {
    const unmade = (provider: k8s.Provider) => [
      // @ts-expect-error: it waits for dns, too
      helmRelease("shop-kiali", kiali, { nodes: [provider] }, { provider }),
      // @ts-expect-error: it doesn't wait for the mesh
      helmRelease("shop-kiali", kiali, { nodes: [provider], dns: provider, mesh: provider }, { provider }),
      // @ts-expect-error: what it waits for stands in the catalogue
      helmRelease("shop-kiali", kiali, { nodes: [provider], dns: provider }, { provider, dependsOn: [provider] }),
    ];
    assert.equal(typeof unmade, "function");
  });
});
