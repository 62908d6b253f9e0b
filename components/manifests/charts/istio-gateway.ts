import type { EgressGatewaySettings } from "../../settings/gateways/egress-schema";
import type { GatewaySettings } from "../../settings/gateways/schema";
import type { MeshSettings } from "../../settings/mesh/schema";
import { seconds } from "../../settings/scalars";
import { gatewayLabels } from "../names";
import { egressPorts } from "../istio/egress-gateway";
import { proxyConfig } from "../istio/proxy-annotations";
import { spreadOverZones } from "../kubernetes/spread";
import type { Chart } from "./chart";

/** How long a stopping gateway pod may take beyond its drain. */
const graceSeconds = 30;

/**
 * A gateway's pods and their autoscaler, but no Service, which is ours.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml
 */
export function istioGateway(gateway: GatewaySettings, istio: ChartSource) {
  return {
    ...gatewayRelease(gateway, istio),
    after: ["namespace", "service", "mesh", "dns"],
    // The load balancer finds a pod healthy after some minutes, and the release waits for that.
    timeout: 900,
    values: gatewayValues(gateway, istio, { type: "None" }),
  } satisfies Chart;
}

/**
 * An egress gateway's pods, their autoscaler and their Service. That one is the chart's: no load balancer has to grow before
 * the pods are there.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export function istioEgressGateway(gateway: EgressGatewaySettings, istio: ChartSource) {
  return {
    ...gatewayRelease(gateway, istio),
    after: ["namespace", "mesh", "dns"],
    values: gatewayValues(gateway, istio, {
      type: "ClusterIP",
      ports: Object.values(egressPorts).map((port) => ({ ...port, protocol: "TCP" })),
    }),
  } satisfies Chart;
}

/** The chart is Istio's, of the version and the revision of the control plane that configures the pods. */
type ChartSource = Pick<MeshSettings, "repository" | "version" | "revision">;

function gatewayRelease({ name, namespace }: Pods, { repository, version }: ChartSource) {
  return { chart: "gateway", repository, version, release: name, namespace } as const;
}

type Pods = Pick<GatewaySettings, "name" | "namespace" | "replicas" | "resources" | "drain">;

function gatewayValues<Service>(gateway: Pods, { revision }: ChartSource, service: Service) {
  const { min, max, cpu } = gateway.replicas;
  return {
    name: gateway.name,
    ...(revision && { revision }),
    service,
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
