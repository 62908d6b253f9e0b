import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Chart } from "../../../components/manifests/charts/chart";
import { istioBase } from "../../../components/manifests/charts/istio-base";
import { istioGateway } from "../../../components/manifests/charts/istio-gateway";
import { istiod } from "../../../components/manifests/charts/istiod";
import { loadBalancerController } from "../../../components/manifests/charts/load-balancer-controller";
import { gatewayOf, settingsOf } from "../../stack";

const { mesh } = settingsOf();

/** Every chart of the catalogue, by file, as a stack that says nothing of it has it. */
const catalogue: Readonly<Record<string, Chart>> = {
  "istio-base": istioBase(mesh),
  "istio-gateway": istioGateway(gatewayOf(), mesh),
  istiod: istiod(mesh),
  "load-balancer-controller": loadBalancerController({
    clusterName: "shop",
    region: "eu-west-1",
    vpcId: "vpc-1",
    serviceAccount: "controller",
    tags: {},
  }),
};

describe("the catalogue of charts", () => {
  it("is tested as a whole", () => {
    const folder = join(__dirname, "..", "..", "..", "components", "manifests", "charts");
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));
    assert.deepEqual(files.filter((file) => file !== "chart").sort(), Object.keys(catalogue).sort());
  });

  it("has no two releases of one name in a namespace", () => {
    const places = Object.values(catalogue).map(({ namespace, release }) => `${namespace}/${release}`);
    assert.deepEqual(places.sort(), [
      "istio-ingress/istio-ingress",
      "istio-system/istio-base",
      "istio-system/istiod",
      "kube-system/aws-load-balancer-controller",
    ]);
  });

  for (const [file, { version, repository, release, after }] of Object.entries(catalogue)) {
    describe(file, () => {
      it("is pinned to one version, from a repository that proves who it is", () => {
        assert.match(version, /^v?\d+\.\d+\.\d+$/);
        assert.match(repository, /^(https|oci):\/\/./);
      });

      it("has a release name that Helm takes", () => {
        assert.match(release, /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/);
      });

      it("waits for nodes, or for its namespace, which does, and for nothing twice", () => {
        const waits: readonly string[] = after;
        assert.ok(waits.includes("nodes") || waits.includes("namespace"), waits.join(", "));
        assert.equal(new Set(waits).size, waits.length);
      });
    });
  }
});

describe("what each chart waits for", () => {
  it("is what its pods can't start without", () => {
    assert.deepEqual(Object.fromEntries(Object.entries(catalogue).map(([file, { after }]) => [file, after])), {
      "istio-base": ["namespace"],
      "istio-gateway": ["namespace", "service", "mesh", "dns"],
      istiod: ["crds", "nodes"],
      "load-balancer-controller": ["nodes", "dns", "podIdentityAgent", "role"],
    });
  });
});
