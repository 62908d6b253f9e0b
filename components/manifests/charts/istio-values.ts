import type { GatewaySettings } from "../../settings/gateways/schema";
import type { MeshSettings } from "../../settings/mesh/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import { seconds } from "../../settings/scalars";
import { gatewayLabels } from "../names";
import { proxyConfig } from "../istio/proxy-annotations";
import { spreadOverZones } from "../kubernetes/spread";

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
    // An autoscaler also where min is max: without one the chart would set the number itself, and going over to one would
    // reset it to 1 for a moment.
    autoscaleEnabled: true,
    autoscaleMin: istiod.replicas.min,
    autoscaleMax: istiod.replicas.max,
    cpu: { targetAverageUtilization: istiod.replicas.cpu },
    resources: istiod.resources,
    seccompProfile: { type: "RuntimeDefault" },
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
    autoscaling: { enabled: true, minReplicas: min, maxReplicas: max, targetCPUUtilizationPercentage: cpu },
    ...(min > 1 && { podDisruptionBudget: { maxUnavailable: 1 } }),
    // A new pod takes traffic before an old one goes.
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    resources: gateway.resources,
    topologySpreadConstraints: spreadOverZones(gatewayLabels(gateway.name)),
    // The load balancer sends connections on for minutes while it deregisters a pod; the pod must listen and live for longer.
    terminationGracePeriodSeconds: seconds(gateway.drain) + graceSeconds,
    podAnnotations: { "proxy.istio.io/config": JSON.stringify(proxyConfig({ drain: gateway.drain })) },
  };
}
