import assert from "node:assert/strict";
import type { HelmRelease, ResourceData } from "../../../policies/engine/resource";
import { pathText, unknown, type Path } from "../../../policies/engine/value";
import { hasVisibleValues, releases } from "../../../policies/facts/charts/releases";
import { unjudgedReleases } from "../../../policies/facts/kubernetes/charts";
import { inventoryOf, object, release } from "./objects";

function flux(spec: object, metadata: object = { name: "web", namespace: "edge" }): ResourceData {
  return object("helm.toolkit.fluxcd.io/v2", "HelmRelease", metadata, { spec });
}

function fromRepository(chart: unknown, name = "istio"): object {
  return { chart: { spec: { chart, sourceRef: { kind: "HelmRepository", name } } } };
}

function argo(source: object, more: object = {}): ResourceData {
  const spec = { destination: { namespace: "istio-system" }, ...more, ...(!("sources" in more) && { source }) };
  return object("argoproj.io/v1alpha1", "Application", { name: "istiod", namespace: "argocd" }, { spec });
}

const istiodChart = { repoURL: "https://istio-release.storage.googleapis.com/charts", chart: "istiod" };

function operator(spec: object): ResourceData {
  return object("install.istio.io/v1alpha1", "IstioOperator", { name: "io", namespace: "istio-system" }, { spec });
}

function only(...resources: ResourceData[]): HelmRelease {
  const [first, ...more] = releases(inventoryOf(resources));
  assert.ok(first);
  assert.equal(more.length, 0);
  return first;
}

/** What rules read of a release. */
function read(one: HelmRelease) {
  const { chart, name, namespace, values } = one.data.properties;
  return { chart, name, namespace, values };
}

function writtenAt(one: HelmRelease, ...path: Path): string {
  return pathText(one.written(path));
}

describe("the charts that are installed here", () => {
  it("are Pulumi's Releases, written where they stand", () => {
    const one = only(release({ chart: "istiod", namespace: "istio-system", values: { env: {} } }));
    assert.equal(writtenAt(one, "values", "env"), "values.env");
    assert.equal(one.label, "Release istio-system/made-up");
  });

  it("are HelmReleases of Flux", () => {
    const one = only(flux({ ...fromRepository("gateway"), values: { service: { type: "None" } } }));
    assert.deepEqual(read(one), {
      chart: "gateway",
      name: "web",
      namespace: "edge",
      values: { service: { type: "None" } },
    });
    assert.equal(one.label, "HelmRelease edge/web");
    assert.equal(writtenAt(one, "values", "service", "type"), "spec.values.service.type");
    assert.equal(writtenAt(one, "values", "replicaCount"), "spec.values.replicaCount");
    assert.equal(writtenAt(one, "namespace"), "metadata.namespace");
  });

  it("are in Flux's target namespace, and named after it", () => {
    const one = only(flux({ ...fromRepository("istiod"), targetNamespace: "istio-system" }));
    assert.deepEqual(read(one), {
      chart: "istiod",
      name: "istio-system-web",
      namespace: "istio-system",
      values: undefined,
    });
    assert.equal(read(only(flux({ ...fromRepository("istiod"), releaseName: "own" }))).name, "own");
  });

  it("are found through Flux's other sources", () => {
    const source = (kind: string, spec: object) =>
      object("source.toolkit.fluxcd.io/v1", kind, { name: "src", namespace: "edge" }, { spec });
    const by = (kind: string) => flux({ chartRef: { kind, name: "src" } });
    const chartOf = (...resources: ResourceData[]) => read(only(...resources)).chart;
    assert.equal(
      chartOf(by("OCIRepository"), source("OCIRepository", { url: "oci://gcr.io/istio/gateway" })),
      "gateway",
    );
    assert.equal(
      chartOf(by("OCIRepository"), source("OCIRepository", { url: "oci://ghcr.io/shop/gateway" })),
      "gateway of ghcr.io",
    );
    assert.equal(chartOf(by("HelmChart"), source("HelmChart", { chart: "istiod", sourceRef: {} })), "istiod");
    assert.equal(chartOf(by("OCIRepository")), "src of a source that isn't here");
    assert.equal(
      chartOf(flux(fromRepository("gateway", "src")), source("HelmRepository", { url: "https://istio.example.com" })),
      "gateway",
    );
  });

  it("aren't parts of a HelmRelease, which Kustomize puts into another", () => {
    assert.deepEqual(releases(inventoryOf([flux({ values: { replicaCount: 2 } })])), []);
  });

  it("are Applications of Argo CD, with values in three forms", () => {
    const whole = only(
      argo({ ...istiodChart, helm: { valuesObject: { pilot: { autoscaleMin: 2 } }, values: "a: 1" } }),
    );
    assert.deepEqual(read(whole), {
      chart: "istiod",
      name: "istiod",
      namespace: "istio-system",
      values: { pilot: { autoscaleMin: 2 } },
    });
    assert.equal(
      writtenAt(whole, "values", "pilot", "autoscaleMin"),
      "spec.source.helm.valuesObject.pilot.autoscaleMin",
    );
    const text = only(argo({ ...istiodChart, helm: { values: "autoscaleMin: 2\n" } }));
    assert.deepEqual(read(text).values, { autoscaleMin: 2 });
    const parameters = [
      { name: "autoscaleMin", value: "3" },
      { name: "meshConfig.enableTracing", value: "true" },
      { name: "podAnnotations.example\\.com/own", value: "1", forceString: true },
      { name: "tolerations[0].key", value: "own" },
    ];
    const set = only(argo({ ...istiodChart, helm: { releaseName: "own", values: "autoscaleMin: 2\n", parameters } }));
    assert.deepEqual(read(set), {
      chart: "istiod",
      name: "own",
      namespace: "istio-system",
      values: {
        autoscaleMin: 3,
        meshConfig: { enableTracing: true },
        podAnnotations: { "example.com/own": "1" },
        tolerations: unknown,
      },
    });
    assert.equal(writtenAt(set, "values", "autoscaleMin"), "spec.source.helm.parameters[0]");
  });

  it("are each source of an Application that is a chart", () => {
    const sources = [
      { repoURL: "https://git.example.com/values", ref: "values" },
      istiodChart,
      { ...istiodChart, chart: "base" },
    ];
    const found = releases(inventoryOf([argo({}, { sources })]));
    assert.deepEqual(
      found.map((one) => [one.chart, writtenAt(one, "values", "own")]),
      [
        ["istiod", "spec.sources[1].helm.valuesObject.own"],
        ["base", "spec.sources[2].helm.valuesObject.own"],
      ],
    );
  });

  it("are istiod and the gateways of an IstioOperator", () => {
    const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "external" };
    const k8s = { serviceAnnotations: annotations, hpaSpec: { minReplicas: 2 } };
    const found = releases(
      inventoryOf([
        operator({
          meshConfig: { accessLogFile: "/dev/stdout" },
          revision: "canary",
          components: {
            pilot: { k8s: { replicaCount: 2, env: [{ name: "OWN", value: "1" }] } },
            ingressGateways: [
              { name: "public", namespace: "edge", k8s },
              { name: "off", enabled: false },
            ],
          },
          values: { pilot: { traceSampling: 1 }, global: { network: "one" }, gateways: {} },
        }),
      ]),
    );
    const [istiod, gateway, ...more] = found;
    assert.ok(istiod && gateway);
    assert.deepEqual(more, []);
    assert.deepEqual(read(istiod), {
      chart: "istiod",
      name: "istiod",
      namespace: "istio-system",
      values: {
        traceSampling: 1,
        global: { network: "one" },
        meshConfig: { accessLogFile: "/dev/stdout" },
        revision: "canary",
        replicaCount: 2,
        env: { OWN: "1" },
      },
    });
    assert.equal(writtenAt(istiod, "values", "traceSampling"), "spec.values.pilot.traceSampling");
    assert.equal(writtenAt(istiod, "values", "meshConfig", "accessLogFile"), "spec.meshConfig.accessLogFile");
    assert.equal(writtenAt(istiod, "values", "resources", "requests"), "spec.components.pilot.k8s.resources.requests");
    assert.deepEqual(read(gateway), {
      chart: "gateway",
      name: "public",
      namespace: "edge",
      values: {
        labels: { app: "istio-ingressgateway", istio: "ingressgateway" },
        service: {
          ports: [
            { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
            { name: "http2", port: 80, targetPort: 8080, protocol: "TCP" },
            { name: "https", port: 443, targetPort: 8443, protocol: "TCP" },
          ],
          annotations,
        },
        autoscaling: { minReplicas: 2 },
        podDisruptionBudget: { minAvailable: 1 },
      },
    });
    assert.equal(
      writtenAt(gateway, "values", "service", "annotations", "own"),
      "spec.components.ingressGateways[0].k8s.serviceAnnotations.own",
    );
  });

  it("are none of an IstioOperator with an empty or a remote profile", () => {
    assert.deepEqual(releases(inventoryOf([operator({ profile: "empty" }), operator({ profile: "remote" })])), []);
    assert.equal(only(operator({ profile: "empty", components: { pilot: { enabled: true } } })).chart, "istiod");
  });

  it("have unknown values where more of them stand elsewhere", () => {
    const helm = { ...istiodChart, helm: { values: "a: 1" } };
    const overlays = [{ kind: "Deployment", name: "istiod", patches: [] }];
    for (const [one, path] of [
      [
        flux({ ...fromRepository("istiod"), values: {}, valuesFrom: [{ kind: "ConfigMap", name: "own" }] }),
        "spec.valuesFrom",
      ],
      [flux({ ...fromRepository("istiod"), postRenderers: [{ kustomize: {} }] }), "spec.postRenderers"],
      [argo({ ...helm, helm: { valueFiles: ["$values/istiod.yaml"] } }), "spec.source.helm.valueFiles"],
      [operator({ components: { pilot: { k8s: { overlays } } } }), "spec.components.pilot.k8s.overlays"],
    ] as const) {
      const found = only(one);
      assert.equal(hasVisibleValues(found), false);
      assert.equal(writtenAt(found, "values"), path);
      assert.equal(writtenAt(found, "valueYamlFiles"), path);
    }
    assert.equal(hasVisibleValues(only(argo(helm))), true);
  });

  it("have unknown values where somebody fills them in before", () => {
    const values = { a: "${scheme}", b: ["{{ .Values.own }}"], c: "fixed" };
    assert.deepEqual(read(only(flux({ ...fromRepository("istiod"), values }))).values, {
      a: unknown,
      b: [unknown],
      c: "fixed",
    });
  });

  it("are named among what can't be judged, where nothing is known of a chart", () => {
    const pilot = { k8s: { affinity: {}, overlays: [{}] } };
    assert.deepEqual(
      unjudgedReleases(
        inventoryOf([
          flux(fromRepository("podinfo")),
          flux(fromRepository("gateway", "shop")),
          flux(fromRepository("istiod")),
          release({ chart: "podinfo" }),
          operator({ components: { pilot, cni: { enabled: true } } }),
        ]),
      ),
      [
        { resource: "HelmRelease edge/web", reason: "its chart, podinfo, isn't rendered" },
        { resource: "HelmRelease edge/web", reason: "its chart, gateway of shop, isn't rendered" },
        {
          resource: "IstioOperator istio-system/io",
          reason: "only istioctl knows what it makes of cni, k8s.affinity, k8s.overlays",
        },
      ],
    );
  });
});
