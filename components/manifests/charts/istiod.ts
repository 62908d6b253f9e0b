import type { MeshSettings } from "../../settings/mesh/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import { proxyConfig } from "../istio/proxy-annotations";
import { spreadOverZones } from "../kubernetes/spread";
import type { Chart } from "./chart";

/**
 * Istio's control plane.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/values.yaml
 */
export function istiod(mesh: MeshSettings) {
  const { replicas, resources } = mesh.istiod;
  const providers = Object.entries(mesh.providers).map(([name, kind]) => ({ name, ...kind }));
  return {
    chart: "istiod",
    repository: mesh.repository,
    version: mesh.version,
    release: "istiod",
    namespace: rootNamespace,
    after: ["crds", "nodes"],
    values: {
      ...(mesh.revision && { revision: mesh.revision }),
      // An autoscaler also where min is max: without one the chart would set the number itself, and going over to one would
      // reset it to 1 for a moment.
      autoscaleEnabled: true,
      autoscaleMin: replicas.min,
      autoscaleMax: replicas.max,
      cpu: { targetAverageUtilization: replicas.cpu },
      resources,
      seccompProfile: { type: "RuntimeDefault" },
      topologySpreadConstraints: spreadOverZones({ app: "istiod" }),
      pdb: { minAvailable: 1 },
      global: {
        istioNamespace: rootNamespace,
        ...(mesh.hub && { hub: mesh.hub }),
        defaultPodDisruptionBudget: { enabled: replicas.min > 1 },
        proxy: { resources: mesh.proxy.resources, logLevel: mesh.proxy.logLevel },
      },
      meshConfig: {
        ...(mesh.trustDomain && { trustDomain: mesh.trustDomain }),
        defaultConfig: proxyConfig(mesh.proxy),
        ...(mesh.outboundTrafficPolicy !== "ALLOW_ANY" && {
          outboundTrafficPolicy: { mode: mesh.outboundTrafficPolicy },
        }),
        ...(providers.length > 0 && { extensionProviders: providers }),
      },
    },
  } satisfies Chart;
}
