import type { IDestinationRule, IServiceEntry } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { AppSettings } from "../../settings/apps/schema";
import { isImplied } from "../../settings/external/of-aws";
import type { ExternalSettings } from "../../settings/external/schema";
import { isWildcard } from "../../settings/external/wildcards";
import type { EgressGatewaySettings } from "../../settings/gateways/egress-schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import type { MeshObject } from "../mesh-object";
import { egressHost, exitKey, exitObjects, type Exit } from "./egress-gateway";
import type { IstioObject } from "./istio-object";

type Port = NonNullable<NonNullable<IServiceEntry["spec"]>["ports"]>[number];

/** Istio's word for each protocol. */
const protocols = { http: "HTTP", http2: "HTTP2", grpc: "GRPC", https: "HTTPS", tls: "TLS", tcp: "TCP" } as const;

/**
 * What lies outside, as the mesh knows it: names that DNS looks up, names below a wildcard, or addresses. Where the
 * sidecars are to speak TLS, a rule for it beside it; where it is left to by a gateway, the way there.
 *
 * A name that is left to by a gateway becomes known when its way stands: nobody goes around the gateway for a moment.
 */
export function externalObjects({ external, egressGateways, apps }: Outside & WithRights): MeshObject[] {
  // What rights imply is known where somebody has rights, and nowhere else.
  const withRights = [...new Set(apps.flatMap(({ namespace, aws }) => (aws ? [namespace] : [])))].sort();
  const exits = exitsOf({ external, egressGateways });
  return Object.entries(external).flatMap(([name, settings]) => {
    const wildcards = settings.hosts.filter(isWildcard);
    const plain = settings.hosts.filter((host) => !isWildcard(host));
    const rules = settings.tls === undefined ? [] : settings.hosts.map((host) => originating(name, host, settings));
    const own = exits.filter((exit) => exit.name === name);
    const exportTo = isImplied(name) ? withRights : undefined;
    const entry = { ...serviceEntry(name, name, plain, settings, exportTo), after: own.map(exitKey) };
    return [
      ...own.flatMap(exitObjects),
      ...(plain.length > 0 ? [entry] : []),
      ...(wildcards.length > 0
        ? [serviceEntry(`${name}-wildcard`, `${name}.wildcard`, wildcards, settings, exportTo)]
        : []),
      ...rules,
    ];
  });
}

/** What a stack says of what lies outside, and of its ways out. */
export interface Outside {
  readonly external: Readonly<Record<string, ExternalSettings>>;
  readonly egressGateways: readonly EgressGatewaySettings[];
}

/** The applications, as far as their rights matter here. */
export interface WithRights {
  readonly apps: readonly Pick<AppSettings, "namespace" | "aws">[];
}

/** Every name that calls leave to by a gateway. */
export function exitsOf({ external, egressGateways }: Outside): Exit[] {
  return Object.entries(external).flatMap(([name, settings]) => {
    const gateway = egressGateways.find(({ key }) => key === settings.via);
    return gateway ? settings.hosts.map((host) => ({ name, host, settings, gateway })) : [];
  });
}

/** The names of an external as a Sidecar imports them, e.g. `istio-system/api.example.org`. */
export function externalHosts({ hosts }: ExternalSettings): string[] {
  return hosts.map((host) => `${rootNamespace}/${host}`);
}

/** The gateway on the way to an external, as a Sidecar imports it. */
export function gatewayHosts({ via }: ExternalSettings, egressGateways: Outside["egressGateways"]): string[] {
  const gateway = egressGateways.find(({ key }) => key === via);
  return gateway ? [`${gateway.namespace}/${egressHost(gateway)}`] : [];
}

/** @see https://istio.io/latest/docs/reference/config/networking/service-entry/ */
function serviceEntry(
  key: string,
  name: string,
  hosts: readonly string[],
  settings: ExternalSettings,
  exportTo: readonly string[] | undefined,
): MeshObject {
  const { addresses } = settings;
  const object: IstioObject<IServiceEntry> = {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name, namespace: rootNamespace },
    spec: {
      hosts: [...hosts],
      ...(exportTo && { exportTo: [...exportTo] }),
      location: "MESH_EXTERNAL",
      ports: [portOf(settings)],
      resolution: addresses ? "STATIC" : hosts.some(isWildcard) ? dynamic : "DNS",
      ...(addresses && {
        // Without them, a bare connection can't be told from others to the same port.
        ...(settings.protocol === "tcp" && { addresses: [...addresses] }),
        endpoints: addresses.map((address) => ({ address })),
      }),
    },
  };
  return { key, object, after: [] };
}

/** A resolution that the CRD knows and the types of its version don't yet. */
const dynamic = "DYNAMIC_DNS" as NonNullable<NonNullable<IServiceEntry["spec"]>["resolution"]>;

function portOf({ port, protocol, tls, targetPort = tls && port === 80 ? 443 : undefined }: ExternalSettings): Port {
  return {
    number: port,
    name: protocol,
    protocol: protocols[protocol],
    ...(targetPort !== undefined && targetPort !== port && { targetPort }),
  };
}

/** TLS to one host, whose certificate must be for the name that is called. */
function originating(name: string, host: string, { port }: ExternalSettings): MeshObject {
  const label = isWildcard(host) ? `wildcard.${host.slice(2)}` : host;
  const object: IstioObject<IDestinationRule> = {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: `${name}.${label}`, namespace: rootNamespace },
    spec: {
      host,
      trafficPolicy: {
        portLevelSettings: [
          {
            port: { number: port },
            tls: {
              mode: "SIMPLE",
              caCertificates: "system",
              ...(!isWildcard(host) && { sni: host, subjectAltNames: [host] }),
            },
          },
        ],
      },
    },
  };
  return { key: `${name}-${label}`, object, after: [] };
}
