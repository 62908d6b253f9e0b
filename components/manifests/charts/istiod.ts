import type { MeshSettings } from "../../settings/mesh/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import { proxyConfig } from "../istio/proxy-annotations";
import { spreadOverZones } from "../kubernetes/spread";
import type { Chart } from "./chart";

/**
 * Where no issuer is, but what a node alone reaches: itself, the metadata service, and Pod Identity's agent. Private ranges are not
 * among them: an issuer may be in the cluster, or beside it.
 *
 * @see https://istio.io/latest/docs/reference/config/analysis/ist0175/
 */
const blockedForKeys = ["127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10", "fd00:ec2::/32"];

/**
 * Istio's control plane.
 *
 * @param fetchesKeys whether it fetches keys of tokens: then from no address of the node itself
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/values.yaml
 */
export function istiod(mesh: MeshSettings, fetchesKeys = false) {
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
      ...(fetchesKeys && { env: { BLOCKED_CIDRS_IN_JWKS_URIS: blockedForKeys.join(",") } }),
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
