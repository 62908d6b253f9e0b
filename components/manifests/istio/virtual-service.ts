import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { AppRouting, AppRoutes, Backend, Fault, Forward, OnTheWay, Route } from "../../routing/model";
import { defaultGateway } from "../../settings/gateways/names";
import { ingressKey, type AppObjectKey, type GatewayNames } from "../mesh-object";
import { serviceHost } from "../names";
import type { IstioObject } from "./istio-object";
import { httpMatch } from "./route-match";

type HttpRoute = NonNullable<NonNullable<IVirtualService["spec"]>["http"]>[number];
type HttpDestination = NonNullable<HttpRoute["route"]>[number];

/**
 * How requests of one origin reach an application: through a gateway, or from inside the mesh.
 *
 * A gateway's is a rule of its own beside the mesh's, because only there TLS was ended on the way: the application gets
 * `x-forwarded-proto: https`, and a redirect goes to https. Calls from inside the mesh keep their scheme.
 *
 * Its name has a dot in it, which no application's has. It is not the host's: a host that goes from one application to
 * another would be two objects of one name for a moment, which Kubernetes refuses.
 *
 * @param gateways what routes bind to, e.g. `istio-ingress/wildcard`, by the gateway's key
 * @returns undefined where Kubernetes' own routing is all that is asked for
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export function virtualService(
  { app, namespace, destination }: AppRouting,
  { origin, hosts, routes, ruled }: AppRoutes,
  gateways: GatewayNames,
): IstioObject<IVirtualService> | undefined {
  if (!ruled) return undefined;
  const inMesh = origin.kind === "mesh";
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: inMesh ? app : ingressName(app, origin.name), namespace },
    spec: {
      hosts: inMesh ? [serviceHost(destination.service, destination.namespace)] : [...hosts],
      gateways: [inMesh ? "mesh" : gatewayName(gateways, origin.name)],
      http: routes.map(httpRoute),
    },
  };
}

/** What tells the rules of an application apart: `mesh`, `ingress`, and `ingress-KEY` for a gateway of that key. */
export function virtualServiceKey({ origin }: AppRoutes): AppObjectKey {
  return origin.kind === "mesh" ? "mesh" : ingressKey(origin.name);
}

function ingressName(app: string, gateway: string): string {
  return gateway === defaultGateway ? `${app}.ingress` : `${app}.ingress.${gateway}`;
}

function gatewayName(gateways: GatewayNames, key: string): string {
  const name = gateways.get(key);
  if (name === undefined) throw new Error(`There is no gateway ${key}; there are: ${[...gateways.keys()].join(", ")}`);
  return name;
}

function httpRoute({ name, matches, action, headers, corsPolicy }: Route): HttpRoute {
  return {
    ...(name && { name }),
    ...(matches.length > 0 && { match: matches.map(httpMatch) }),
    ...(corsPolicy && { corsPolicy }),
    ...actionOf(action, headers && { headers }),
  };
}

function actionOf(action: Route["action"], headers: Pick<HttpRoute, "headers"> | undefined): HttpRoute {
  switch (action.kind) {
    case "redirect":
      return { ...headers, redirect: action.to };
    case "respond": {
      const { status, body } = action.response;
      return { ...headers, directResponse: { status, ...(body !== undefined && { body: { string: body } }) } };
    }
    case "delegate":
      return { ...onTheWay(action, headers), delegate: action.to };
    case "forward":
      return { ...onTheWay(action, headers), route: action.backends.map(weighted) };
  }
}

function onTheWay({ rewrite, timeout, retries, mirrors, fault }: OnTheWay, headers: object | undefined): HttpRoute {
  return {
    ...(rewrite && { rewrite }),
    ...headers,
    ...(timeout && { timeout }),
    ...(retries && { retries: httpRetries(retries) }),
    ...(mirrors && {
      mirrors: mirrors.map(({ percentage, ...to }) => ({
        destination: httpDestination(to),
        percentage: { value: percentage },
      })),
    }),
    ...(fault && { fault: httpFault(fault) }),
  };
}

function weighted(backend: Backend, _: number, { length }: Forward["backends"]): HttpDestination {
  return {
    destination: httpDestination(backend),
    // The only one gets everything without saying so.
    ...(length > 1 && { weight: backend.weight }),
  };
}

function httpFault({ delay, abort }: Fault): HttpRoute["fault"] {
  const share = ({ percentage, ...fault }: { readonly percentage: number }) => ({
    ...fault,
    percentage: { value: percentage },
  });
  return { ...(delay && { delay: share(delay) }), ...(abort && { abort: share(abort) }) };
}

function httpRetries({ retryOn, ...retries }: NonNullable<OnTheWay["retries"]>): HttpRoute["retries"] {
  return { ...retries, ...(retryOn && { retryOn: retryOn.join(",") }) };
}

function httpDestination({
  service,
  namespace,
  version,
  port,
}: Omit<Backend, "weight">): HttpDestination["destination"] {
  return {
    host: serviceHost(service, namespace),
    ...(version && { subset: version }),
    port: { number: port },
  };
}
