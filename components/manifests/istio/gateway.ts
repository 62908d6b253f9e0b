import type { IGateway } from "@kubernetes-models/istio/networking.istio.io/v1";
import { forGateway } from "../../settings/gateways/names";
import type { GatewaySettings } from "../../settings/gateways/schema";
import type { MeshObject } from "../mesh-object";
import { gatewayPorts } from "../kubernetes/gateway-service";
import type { IstioObject } from "./istio-object";
import { gatewayLabels } from "../names";

/** The name of the Gateway that public applications bind to. With the key in it, as two may stand in one namespace. */
export function wildcardGateway(key: string): string {
  return forGateway("wildcard", key);
}

/**
 * The Gateway for every host of the domains it serves.
 *
 * Both servers are HTTP, as the load balancer ends TLS: port 80 redirects, port 443 serves. A redirect on the
 * second would be a loop (istio/istio#16778).
 *
 * Where the gateway names namespaces, each host is for VirtualServices of these: `checkout/*.example.com`.
 *
 * @param hosts e.g. `["*.example.com", "example.com"]`
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export function gatewayManifest(gateway: GatewaySettings, hosts: readonly string[]): IstioObject<IGateway> {
  const { http, https } = gatewayPorts;
  const bound = gateway.namespaces?.flatMap((namespace) => hosts.map((host) => `${namespace}/${host}`)) ?? hosts;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: wildcardGateway(gateway.key), namespace: gateway.namespace },
    spec: {
      selector: { istio: gatewayLabels(gateway.name).istio },
      servers: [
        {
          port: { number: http.port, name: "http", protocol: "HTTP" },
          hosts: [...bound],
          tls: { httpsRedirect: true },
        },
        { port: { number: https.port, name: "http-behind-tls", protocol: "HTTP" }, hosts: [...bound] },
      ],
    },
  };
}

/** The Gateway as a stage registers it. */
export function wildcardObject(gateway: GatewaySettings, hosts: readonly string[]): MeshObject {
  return { key: "wildcard", object: gatewayManifest(gateway, hosts), after: [] };
}
