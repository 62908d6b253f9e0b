import type { IDestinationRule, IGateway, IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1";
import { subsetOf } from "../../settings/external/names";
import type { ExternalSettings } from "../../settings/external/schema";
import type { EgressGatewaySettings } from "../../settings/gateways/egress-schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import { gatewayKey, namespaceKey, type MeshObject } from "../mesh-object";
import { gatewayLabels, serviceHost } from "../names";
import type { IstioObject } from "./istio-object";

/** Where an egress gateway's pods listen for sidecars, with names by which Istio tells protocols. */
export const egressPorts = {
  /** Connections: the application's own TLS, or bare TCP. */
  tls: { name: "tls", port: 443, targetPort: 8443 },
  /** Requests, of HTTP in any form. */
  http: { name: "http2", port: 80, targetPort: 8080 },
} as const;

/** A name that calls leave to by a gateway. */
export interface Exit {
  /** The entry of `external`. */
  readonly name: string;
  readonly host: string;
  readonly settings: ExternalSettings;
  readonly gateway: EgressGatewaySettings;
}

/** The name by which sidecars know an egress gateway. */
export function egressHost({ name, namespace }: Pick<EgressGatewaySettings, "name" | "namespace">): string {
  return serviceHost(name, namespace);
}

/** The name of the Gateway for a host, and of what goes with it. Of a Gateway's name istiod makes a label. */
export function entranceName(host: string): string {
  return subsetOf(host);
}

/** What an exit's route is called among its parent's children. */
export function exitKey({ host }: Exit): string {
  return `${host}-exit`;
}

/**
 * How calls to a name leave by a gateway. A sidecar wraps a connection in mutual TLS and greets the gateway with the name; the
 * gateway knows by it where to, and by the certificate who. The application's own TLS stays closed inside.
 *
 * Each name has objects of its own, so that a route goes before what it leads through. They are called after the name alone,
 * which may go from one entry of `external` to another.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export function exitObjects(exit: Exit): MeshObject[] {
  const { host, gateway } = exit;
  const own = { namespace: gateway.namespace, name: entranceName(host) };
  const [entrance, subset] = [`${host}-gateway`, `${host}-subset`];
  const after = [namespaceKey(gateway.namespace)];
  return [
    { key: entrance, object: entranceOf(exit, own), after },
    { key: subset, object: subsetRule(exit, own), after },
    { key: exitKey(exit), object: exitRoute(exit, own), after: [gatewayKey(gateway.key), entrance, subset] },
  ];
}

interface Place {
  readonly namespace: string;
  readonly name: string;
}

/** Only routes of the root namespace may lead out: anybody else's could lead elsewhere under the same name. */
function entranceOf({ host, settings, gateway }: Exit, own: Place): IstioObject<IGateway> {
  const isHttp = speaksHttp(settings);
  const port = isHttp
    ? { number: egressPorts.http.port, name: "https", protocol: "HTTPS" }
    : { number: egressPorts.tls.port, name: "tls", protocol: "TLS" };
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: own,
    spec: {
      selector: { istio: gatewayLabels(gateway.name).istio },
      servers: [{ port, hosts: [`${rootNamespace}/${host}`], tls: { mode: "ISTIO_MUTUAL" } }],
    },
  };
}

/** What a sidecar greets the gateway with. Pods of gateways don't say that they speak mutual TLS: it is never automatic. */
function subsetRule({ host, gateway }: Exit, own: Place): IstioObject<IDestinationRule> {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: own,
    spec: {
      host: egressHost(gateway),
      subsets: [{ name: subsetOf(host), trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni: host } } }],
    },
  };
}

/** What a gateway adds of who called: certificate and address are nobody's business outside. */
const untold = [
  "x-forwarded-client-cert",
  "x-forwarded-for",
  "x-envoy-external-address",
  "x-envoy-peer-metadata",
  "x-envoy-peer-metadata-id",
];

function exitRoute({ host, settings, gateway }: Exit, own: Place): IstioObject<IVirtualService> {
  const entrance = `${own.namespace}/${own.name}`;
  const { port } = speaksHttp(settings) ? egressPorts.http : egressPorts.tls;
  const inMesh = { gateways: ["mesh"], port: settings.port };
  const atGateway = { gateways: [entrance], port };
  const toGateway = [{ destination: { host: egressHost(gateway), subset: subsetOf(host), port: { number: port } } }];
  const out = [{ destination: { host, port: { number: settings.port } } }];
  const byConnection = { match: [atGateway], route: out };
  const byRequest = { ...byConnection, headers: { request: { remove: [...untold] } } };
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: host, namespace: rootNamespace },
    spec: {
      hosts: [host],
      gateways: ["mesh", entrance],
      ...(speaksHttp(settings)
        ? { http: [{ match: [inMesh], route: toGateway }, byRequest] }
        : settings.protocol === "tcp"
          ? { tcp: [{ match: [inMesh], route: toGateway }, byConnection] }
          : { tls: [{ match: [{ ...inMesh, sniHosts: [host] }], route: toGateway }], tcp: [byConnection] }),
    },
  };
}

/** Whether the gateway sees requests, and not only connections. */
export function speaksHttp({ protocol }: Pick<ExternalSettings, "protocol">): boolean {
  return protocol === "http" || protocol === "http2" || protocol === "grpc";
}
