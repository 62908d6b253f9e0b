import assert from "node:assert/strict";
import { judge } from "../../policies/judge";
import { fromPlan } from "../../policies/sources/plan";
import { fromYaml } from "../../policies/sources/yaml";
import { recorded } from "../stack";

const text = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: podinfo, namespace: shop}
spec:
  chart: {spec: {chart: podinfo, sourceRef: {kind: HelmRepository, name: podinfo}}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: istiod, namespace: istio-system}
spec:
  chart: {spec: {chart: istiod, sourceRef: {kind: HelmRepository, name: istio}}}
  values:
    autoscaleMin: 2
    traceSamplin: 1
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web, namespace: shop}
spec:
  gatewayClassName: istio
  infrastructure: {parametersRef: {group: "", kind: ConfigMap, name: own}}
  listeners: [{name: http, port: 80, protocol: HTTP}]
`;

describe("what is said of releases that nobody rendered", () => {
  it("is safe to print, and shows no credential", () => {
    const odd = text.replace("chart: podinfo", `chart: "\\u202epodinfo-glpat-${"x1".repeat(10)}"`);
    const { unjudged } = judge(fromYaml(odd, "shop.yaml").resources);
    assert.equal(unjudged[0]?.reason, "its chart, \\u{202e}podinfo-[hidden], isn't rendered");
  });
});

describe("what other objects describe", () => {
  const { findings, unjudged } = judge(fromYaml(text, "shop.yaml").resources);

  it("is found wrong where it is written", () => {
    assert.deepEqual(
      findings.map(({ rule, resource, path, place }) => [rule, resource, path, place]),
      [["IST-CHART-VALUES", "HelmRelease istio-system/istiod", "spec.values.traceSamplin", "shop.yaml:15"]],
    );
  });

  it("is named where nobody can judge it before it is rendered", () => {
    assert.deepEqual(
      unjudged.filter(({ rule }) => rule === "--render"),
      [
        {
          rule: "--render",
          resource: "HelmRelease shop/podinfo",
          reason: "its chart, podinfo, isn't rendered",
        },
        {
          rule: "--render",
          resource: "Gateway shop/web",
          reason: "spec.infrastructure.parametersRef changes the Service that Istio makes of it",
        },
      ],
    );
  });
});

describe("the EnvoyFilters of rate limits", () => {
  it("are in order, each field of them known to Envoy", async () => {
    const rateLimit = { local: { requests: 5, per: "1m", burst: 10 } };
    const web = { host: "web", namespace: "shop", port: 8080, rateLimit, routes: [{ rateLimit }] };
    const resources = await recorded({
      "eks-istio:gateways": { default: { rateLimit } },
      "eks-istio:apps": { web },
    });
    const { findings, unjudged } = judge(fromPlan(resources));
    const about = (all: readonly { readonly resource: string }[]) =>
      all.filter(({ resource }) => resource.startsWith("EnvoyFilter"));
    assert.deepEqual([about(findings), about(unjudged)], [[], []]);
    assert.equal(resources.filter(({ type }) => type.endsWith(":EnvoyFilter")).length, 2);
  });
});
