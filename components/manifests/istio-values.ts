import type { GatewaySettings } from "../settings/gateway";
import type { MeshSettings } from "../settings/mesh";
import { rootNamespace } from "../settings/checks/mesh";
import { seconds } from "../settings/scalars";
import { gatewayLabels } from "./names";
import { proxyConfig } from "./proxy-annotations";
import { spreadOverZones } from "./spread";

/** Values of a Helm chart. The charts base and istiod take unknown ones without a word; tests hold ours against the charts. */
export type HelmValues = Readonly<Record<string, unknown>>;

/**
 * Values of the chart `base`, which holds the CRDs.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/base/values.yaml
 */
export function baseValues({ revision }: MeshSettings): HelmValues {
  return { defaultRevision: revision ?? "default", global: { istioNamespace: rootNamespace } };
}

/**
 * Values of the chart `istiod`.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/values.yaml
 */
export function istiodValues(mesh: MeshSettings): HelmValues {
  const { istiod, proxy } = mesh;
  return {
    ...(mesh.revision && { revision: mesh.revision }),
    ...autoscaling(istiod.replicas),
    resources: istiod.resources,
    topologySpreadConstraints: spreadOverZones({ app: "istiod" }),
    pdb: { minAvailable: 1 },
    global: {
      istioNamespace: rootNamespace,
      ...(mesh.hub && { hub: mesh.hub }),
      defaultPodDisruptionBudget: { enabled: istiod.replicas.min > 1 },
      proxy: { resources: proxy.resources, logLevel: proxy.logLevel },
    },
    meshConfig: {
      ...(mesh.trustDomain && { trustDomain: mesh.trustDomain }),
      defaultConfig: proxyConfig(proxy),
    },
  };
}

/** The chart's own words for the number of istiod's pods. */
function autoscaling({ min, max, cpu }: MeshSettings["istiod"]["replicas"]): HelmValues {
  return min === max ? { autoscaleEnabled: false, replicaCount: min } : { autoscaleEnabled: true, autoscaleMin: min, autoscaleMax: max, cpu: { targetAverageUtilization: cpu } };
}

/** How long a stopping gateway pod may take beyond its drain. */
const graceSeconds = 30;

/**
 * Values of the chart `gateway`: pods and their autoscaler, but no Service, which is ours.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml
 */
export function gatewayValues(gateway: GatewaySettings, { revision }: Pick<MeshSettings, "revision">): HelmValues {
  const { min, max, cpu } = gateway.replicas;
  return {
    name: gateway.name,
    ...(revision && { revision }),
    service: { type: "None" },
    ...(min === max ? { autoscaling: { enabled: false }, replicaCount: min } : { autoscaling: { enabled: true, minReplicas: min, maxReplicas: max, targetCPUUtilizationPercentage: cpu } }),
    ...(min > 1 && { podDisruptionBudget: { maxUnavailable: 1 } }),
    // A new pod takes traffic before an old one goes.
    strategy: { rollingUpdate: { maxSurge: "100%", maxUnavailable: 0 } },
    resources: gateway.resources,
    topologySpreadConstraints: spreadOverZones(gatewayLabels(gateway.name)),
    // The load balancer sends requests on for as long as it deregisters a pod; the pod must outlive that.
    terminationGracePeriodSeconds: seconds(gateway.drain) + graceSeconds,
    podAnnotations: { "proxy.istio.io/config": JSON.stringify({ terminationDrainDuration: gateway.drain }) },
  };
}
