import type { GatewaySettings } from "../../settings/gateways/schema";
import type { MeshSettings } from "../../settings/mesh/schema";
import { seconds } from "../../settings/scalars";
import { gatewayLabels } from "../names";
import { proxyConfig } from "../istio/proxy-annotations";
import { spreadOverZones } from "../kubernetes/spread";
import type { Chart } from "./chart";

/** How long a stopping gateway pod may take beyond its drain. */
const graceSeconds = 30;

/**
 * A gateway's pods and their autoscaler, but no Service, which is ours.
 *
 * @param istio the chart is Istio's, of the version and the revision of the control plane that configures the pods
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml
 */
export function istioGateway(
  gateway: GatewaySettings,
  { repository, version, revision }: Pick<MeshSettings, "repository" | "version" | "revision">,
) {
  const { min, max, cpu } = gateway.replicas;
  return {
    chart: "gateway",
    repository,
    version,
    release: gateway.name,
    namespace: gateway.namespace,
    after: ["namespace", "service", "mesh", "dns"],
    // The load balancer finds a pod healthy after some minutes, and the release waits for that.
    timeout: 900,
    values: {
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
    },
  } satisfies Chart;
}
