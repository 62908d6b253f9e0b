import type { AppRouting } from "../../routing/model";
import type { EgressGatewaySettings } from "../../settings/gateways/egress-schema";
import type { GatewaySettings } from "../../settings/gateways/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import { egressPorts } from "../istio/egress-gateway";
import { gatewayLabels } from "../names";
import { gatewayPorts } from "./gateway-service";

type Labels = Readonly<Record<string, string>>;

/** Connections that the platform needs: from pods somewhere, or from anywhere, to pods of a namespace. */
export interface Flow {
  /** What it is called among those that end in its namespace. */
  readonly key: string;
  readonly to: {
    readonly namespace: string;
    /** Labels of the pods. Default: all of the namespace. */
    readonly pods?: Labels;
  };
  /** Default: anywhere, outside of the cluster too. */
  readonly from?: readonly Peer[];
  /** TCP ports of the pods. Default: all ports. */
  readonly ports?: readonly number[];
}

/** Pods that connections come from. */
export interface Peer {
  readonly namespaces: readonly string[];
  /** Labels of the pods. Default: all of the namespaces. */
  readonly pods?: Labels;
}

/** What is known of a stack when its flows are named. */
export interface StackFlows {
  readonly gateways: readonly Pick<GatewaySettings, "key" | "name" | "namespace">[];
  readonly egressGateways: readonly Pick<EgressGatewaySettings, "name" | "namespace">[];
  readonly apps: readonly AppRouting[];
}

/** Every flow of a stack comes from here. A feature with connections of its own is a function, and a line here. */
const features: readonly ((stack: StackFlows) => readonly Flow[])[] = [
  proxiesToIstiod,
  clientsToGateways,
  gatewaysToApps,
  appsToApps,
  appsToEgressGateways,
];

/** All connections that a stack needs, by where they end. */
export function flowsOf(stack: StackFlows): readonly Flow[] {
  return features.flatMap((feature) => feature(stack));
}

/** istiod's ports: 15012 for proxies, 15017 for its webhooks, which the control plane calls from addresses that nobody can name. */
export const istiodPorts = { xds: 15012, webhook: 15017 } as const;

/** Proxies of any namespace, and the API server. @see https://istio.io/latest/docs/ops/deployment/application-requirements/ */
function proxiesToIstiod(): readonly Flow[] {
  return [
    {
      key: "istiod",
      to: { namespace: rootNamespace, pods: { app: "istiod" } },
      ports: [istiodPorts.xds, istiodPorts.webhook],
    },
  ];
}

/** Clients keep their address behind the load balancer, and its health checks come from its own: both are anywhere. */
function clientsToGateways({ gateways }: StackFlows): readonly Flow[] {
  const { http, https, health } = gatewayPorts;
  return gateways.map(({ key, name, namespace }) => ({
    key: `clients-to-${key}`,
    to: { namespace, pods: gatewayLabels(name) },
    ports: [http.targetPort, https.targetPort, health.port],
  }));
}

/** A gateway reaches the namespaces that routes of its hosts lead to, also where the route is another namespace's. */
function gatewaysToApps({ gateways, apps }: StackFlows): readonly Flow[] {
  return gateways.flatMap(({ key, name, namespace }) =>
    backendNamespaces(key, apps).map((backend) => ({
      key: `from-gateway-${key}`,
      to: { namespace: backend },
      from: [{ namespaces: [namespace], pods: gatewayLabels(name) }],
    })),
  );
}

function backendNamespaces(gateway: string, apps: readonly AppRouting[]): readonly string[] {
  const routes = apps.flatMap(({ byOrigin }) =>
    byOrigin.flatMap(({ origin, routes: own }) => (origin.kind === "gateway" && origin.name === gateway ? own : [])),
  );
  const backends = routes.flatMap(({ action }) => [
    ...(action.kind === "forward" ? action.backends : []),
    ...("mirrors" in action ? (action.mirrors ?? []) : []),
  ]);
  return [...new Set(backends.map(({ namespace }) => namespace))].sort();
}

/**
 * Applications reach each other at any port: which ones others deploy is unknown, and with mutual TLS the sidecar answers at
 * each of them. Who may ask whom within the mesh is for the mesh to say.
 */
function appsToApps({ apps }: StackFlows): readonly Flow[] {
  const namespaces = [...new Set(apps.map(({ namespace }) => namespace))].sort();
  return namespaces.map((namespace) => ({
    key: "from-applications",
    to: { namespace },
    from: [{ namespaces }],
  }));
}

/** Nobody else is to leave by them. Who may, and where to, is for the mesh to say. */
function appsToEgressGateways({ egressGateways, apps }: StackFlows): readonly Flow[] {
  const namespaces = [...new Set(apps.map(({ namespace }) => namespace))].sort();
  if (namespaces.length === 0) return [];
  return egressGateways.map(({ name, namespace }) => ({
    key: "from-applications",
    to: { namespace, pods: gatewayLabels(name) },
    from: [{ namespaces }],
    ports: Object.values(egressPorts).map(({ targetPort }) => targetPort),
  }));
}
