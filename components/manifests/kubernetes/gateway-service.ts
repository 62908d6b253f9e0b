import type { Input } from "@pulumi/pulumi";
import type * as k8s from "@pulumi/kubernetes";
import type { GatewaySettings } from "../../settings/gateways/schema";
import { seconds } from "../../settings/scalars";
import { gatewayLabels, type Named } from "../names";
import { oursAlone } from "../ownership";

const prefix = "service.beta.kubernetes.io/aws-load-balancer";

/** The annotation that says whether the load balancer is public. Another value makes another load balancer, with another name. */
export const schemeAnnotation = `${prefix}-scheme`;

/** Where the gateway's pods listen, and how the load balancer reaches them. */
export const gatewayPorts = {
  /** Plain HTTP, answered with a redirect to https. */
  http: { name: "http", port: 80, targetPort: 8081 },
  /** TLS ends at the load balancer: what reaches the pods is HTTP. A targetPort of its own, or istiod merges both servers and redirects both. */
  https: { name: "https", port: 443, targetPort: 8443 },
  /** Envoy's readiness. Checked on the pods, and no port of the Service: the controller would make a public listener of it. */
  health: { port: 15021, path: "/healthz/ready" },
} as const;

/** What the Service takes from AWS: leaves that a first preview can't know. */
export interface GatewayServiceInputs {
  /** ARNs of validated certificates, joined by commas; the first is the default one. */
  readonly certificateArns: Input<string>;
  /** Ids of the load balancer's subnets, joined by commas. Left to the controller, a live load balancer never gets a new zone's. */
  readonly subnetIds: Input<string>;
}

/**
 * The gateway's Service, and with it the Network Load Balancer that the AWS Load Balancer Controller makes of it.
 *
 * `pulumi.com/waitFor` ends the wait as soon as there is a host name. Without it the provider waits for ready
 * endpoints, which never come while the pods wait for this Service.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export function gatewayService(
  gateway: GatewaySettings,
  { certificateArns, subnetIds }: GatewayServiceInputs,
): Named<k8s.core.v1.ServiceArgs> {
  const labels = gatewayLabels(gateway.name);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: gateway.name,
      namespace: gateway.namespace,
      labels,
      annotations: {
        ...oursAlone,
        "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0].hostname}",
        // "external" keeps the cloud provider's own controller away. Never change it on a live Service: two controllers would claim it.
        [`${prefix}-type`]: "external",
        [`${prefix}-nlb-target-type`]: "ip",
        [schemeAnnotation]: gateway.scheme,
        [`${prefix}-subnets`]: subnetIds,
        ...(gateway.ipAddressType === "dualstack" && { [`${prefix}-ip-address-type`]: "dualstack" }),
        [`${prefix}-ssl-cert`]: certificateArns,
        // Unset, every port would speak TLS: port 80 could not redirect.
        [`${prefix}-ssl-ports`]: String(gatewayPorts.https.port),
        [`${prefix}-ssl-negotiation-policy`]: gateway.tlsPolicy,
        [`${prefix}-backend-protocol`]: "tcp",
        [`${prefix}-alpn-policy`]: "HTTP2Preferred",
        [`${prefix}-healthcheck-protocol`]: "http",
        [`${prefix}-healthcheck-port`]: String(gatewayPorts.health.port),
        [`${prefix}-healthcheck-path`]: gatewayPorts.health.path,
        [`${prefix}-attributes`]: attributes({
          "deletion_protection.enabled": gateway.deletionProtection,
          "load_balancing.cross_zone.enabled": gateway.crossZone,
        }),
        [`${prefix}-target-group-attributes`]: attributes({
          "deregistration_delay.timeout_seconds": seconds(gateway.drain),
          "preserve_client_ip.enabled": gateway.preserveClientIp,
        }),
      },
    },
    spec: {
      type: "LoadBalancer",
      allocateLoadBalancerNodePorts: false,
      ...(gateway.sourceRanges.length > 0 && { loadBalancerSourceRanges: gateway.sourceRanges }),
      selector: labels,
      ports: [gatewayPorts.http, gatewayPorts.https].map((port) => ({ ...port, protocol: "TCP" })),
    },
  };
}

/** AWS's `key=value,key=value`. */
function attributes(values: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
