import assert from "node:assert/strict";
import { istioBase } from "../../../components/manifests/charts/istio-base";
import { istioGateway } from "../../../components/manifests/charts/istio-gateway";
import { istiod } from "../../../components/manifests/charts/istiod";
import { gatewayOf, settingsOf } from "../../stack";

type Keys = Readonly<Record<string, unknown>>;

const mesh = (keys: Keys = {}) => settingsOf({ "eks-istio:mesh": keys }).mesh;
const gateway = (keys: Keys = {}) => gatewayOf(keys);

/** Spread over zones and nodes, without ever keeping a pod from starting. */
const spread = (matchLabels: Keys) => [
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  },
  {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  },
];

/** Some of the values. */
function pick(values: Keys, ...keys: readonly string[]): Keys {
  return Object.fromEntries(keys.filter((key) => key in values).map((key) => [key, values[key]]));
}

describe("the values of Istio's base chart", () => {
  it("have the default revision judge configuration", () => {
    assert.deepEqual(istioBase(mesh()).values, {
      defaultRevision: "default",
      global: { istioNamespace: "istio-system" },
    });
  });

  it("have the mesh's revision judge it, as istiod's Service has its name", () => {
    assert.equal(istioBase(mesh({ revision: "canary" })).values.defaultRevision, "canary");
  });
});

describe("the values of the istiod chart", () => {
  it("keep istiod from fetching keys at addresses of the node itself, where it fetches any", () => {
    assert.ok(!("env" in istiod(mesh()).values));
    assert.deepEqual(pick(istiod(mesh(), true).values, "env"), {
      env: { BLOCKED_CIDRS_IN_JWKS_URIS: "127.0.0.0/8,169.254.0.0/16,::1/128,fe80::/10,fd00:ec2::/32" },
    });
  });

  it("make it highly available, and sidecars hold their application and drain", () => {
    assert.deepEqual(istiod(mesh()).values, {
      autoscaleEnabled: true,
      autoscaleMin: 2,
      autoscaleMax: 5,
      cpu: { targetAverageUtilization: 80 },
      resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "4Gi" } },
      seccompProfile: { type: "RuntimeDefault" },
      topologySpreadConstraints: spread({ app: "istiod" }),
      pdb: { minAvailable: 1 },
      global: {
        istioNamespace: "istio-system",
        defaultPodDisruptionBudget: { enabled: true },
        proxy: {
          resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
          logLevel: "warning",
        },
      },
      meshConfig: {
        defaultConfig: { drainDuration: "45s", terminationDrainDuration: "45s", holdApplicationUntilProxyStarts: true },
      },
    });
  });

  it("leave a fixed number of pods to the autoscaler, too, so that no later change of it falls to one pod", () => {
    const values = istiod(mesh({ istiod: { replicas: { min: 3, max: 3 } } })).values;
    assert.deepEqual(pick(values, "autoscaleEnabled", "replicaCount", "autoscaleMin", "autoscaleMax"), {
      autoscaleEnabled: true,
      autoscaleMin: 3,
      autoscaleMax: 3,
    });
  });

  it("have no disruption budget for a single pod, which could never be drained", () => {
    const { global } = istiod(mesh({ istiod: { replicas: { min: 1, max: 3 } } })).values as { readonly global: Keys };
    assert.deepEqual(global.defaultPodDisruptionBudget, { enabled: false });
  });

  it("take revision, registry, trust domain and sidecars from the settings", () => {
    const proxy = { concurrency: 0, drain: "20s", holdUntilReady: false, logLevel: "debug" };
    const values = istiod(
      mesh({ revision: "canary", hub: "registry.example.com/istio", trustDomain: "example.org", proxy }),
    ).values as { readonly global: Keys; readonly [key: string]: unknown };
    assert.deepEqual(pick(values, "revision", "meshConfig"), {
      revision: "canary",
      meshConfig: {
        trustDomain: "example.org",
        defaultConfig: {
          concurrency: 0,
          drainDuration: "20s",
          terminationDrainDuration: "20s",
          holdApplicationUntilProxyStarts: false,
        },
      },
    });
    assert.equal(values.global.hub, "registry.example.com/istio");
    assert.deepEqual((values.global.proxy as Keys).logLevel, "debug");
  });
});

describe("the values of the gateway chart", () => {
  it("make it highly available, leave the Service to us, and let pods outlive the load balancer's deregistration", () => {
    assert.deepEqual(istioGateway(gateway(), mesh()).values, {
      name: "istio-ingress",
      service: { type: "None" },
      autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 10, targetCPUUtilizationPercentage: 80 },
      podDisruptionBudget: { maxUnavailable: 1 },
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "2", memory: "1Gi" } },
      topologySpreadConstraints: spread({ app: "istio-ingress", istio: "ingress" }),
      terminationGracePeriodSeconds: 210,
      podAnnotations: { "proxy.istio.io/config": '{"drainDuration":"180s","terminationDrainDuration":"180s"}' },
    });
  });

  it("leave a fixed number of pods to the autoscaler, too, so that no later change of it falls to one pod", () => {
    assert.deepEqual(
      pick(
        istioGateway(gateway({ replicas: { min: 2, max: 2 } }), mesh()).values,
        "autoscaling",
        "replicaCount",
        "podDisruptionBudget",
      ),
      {
        autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 2, targetCPUUtilizationPercentage: 80 },
        podDisruptionBudget: { maxUnavailable: 1 },
      },
    );
  });

  it("have no disruption budget for a single pod, which could never be drained", () => {
    assert.equal(
      "podDisruptionBudget" in istioGateway(gateway({ replicas: { min: 1, max: 4 } }), mesh()).values,
      false,
    );
  });

  it("ask for the revision's proxy", () => {
    assert.equal(istioGateway(gateway(), mesh({ revision: "canary" })).values.revision, "canary");
  });
});
