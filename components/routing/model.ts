import type { HeaderSettings } from "../settings/apps/headers";
import type { LoadBalancerSettings } from "../settings/apps/load-balancer";
import type { MatchSettings } from "../settings/apps/matches";
import type { RetrySettings } from "../settings/apps/retries";
import type { LocalRateLimit } from "../settings/rate-limits/schema";
import type { RouteSettings } from "../settings/apps/routes";
import type { ConnectionPoolSettings, OutlierDetectionSettings, TlsSettings } from "../settings/apps/traffic-policy";

/*
 * What an application's routes mean, between what the stack file says and what a renderer writes: plain frozen data, with
 * nothing left to look up, to add up or to inherit. It names no API's objects. A service is a name and a namespace, and a
 * version is a backend: Istio writes it as a subset, an API without subsets as a Service of its own.
 */

/** Where requests come from: through a gateway, by its key in the stack file, or from a pod inside the mesh. */
export type Origin = { readonly kind: "gateway"; readonly name: string } | { readonly kind: "mesh" };

/** A place in an application's entry of the stack file, e.g. `["routes", 0, "match", 1]`. */
export type Place = readonly (string | number)[];

/** One application, resolved. */
export interface AppRouting {
  /** The application's name in the stack file. */
  readonly app: string;
  readonly namespace: string;
  readonly destination: Destination;
  /** Its routes by origin: gateways in the order of its hosts, then the mesh. */
  readonly byOrigin: readonly AppRoutes[];
}

/** How requests of one origin reach an application. */
export interface AppRoutes {
  readonly origin: Origin;
  /** Public names that this gateway serves it under. None for the mesh, where callers ask for the service itself. */
  readonly hosts: readonly string[];
  /** First match first. The last one takes every request. */
  readonly routes: readonly Route[];
  /** Whether this says more than Kubernetes' own routing does. Where it doesn't, there is nothing to write. */
  readonly ruled: boolean;
}

export interface Route {
  /** Where it stands; none for the one that sends what no other took to the versions by weight. */
  readonly place?: Place;
  /** Its name in access logs. */
  readonly name?: string;
  /** Alternatives: one of them must hold. None: it takes every request. */
  readonly matches: readonly Match[];
  readonly action: Forward | Redirect | Respond | Delegate;
  /** The platform's header changes, the application's and the route's in one; later ones have won. */
  readonly headers?: HeaderSettings;
  readonly corsPolicy?: CorsPolicy;
  /** What each pod of the gateway lets through. Only where it comes through one, and only of a route with a name. */
  readonly rateLimit?: LocalRateLimit;
}

/** Conditions that must all hold. Those that can't hold for the origin are left out. */
export type Match = Readonly<Omit<MatchSettings, "gateways">> & { readonly place: Place };

/** The request goes on to backends. */
export interface Forward extends OnTheWay {
  readonly kind: "forward";
  readonly backends: readonly Backend[];
}

/** What a proxy does to requests that go on. */
export interface OnTheWay {
  readonly rewrite?: Rewrite;
  /** For the whole request, its tries included. */
  readonly timeout?: string;
  readonly retries?: Retries;
  /** Copies, whose answers nobody waits for. */
  readonly mirrors?: readonly Mirror[];
  readonly fault?: Fault;
}

/** The pods that a share of the requests is copied to. */
export type Mirror = Omit<Backend, "weight"> & { /** In percent. */ readonly percentage: number };

/** Faults on purpose, each for a share of the requests in percent. */
export interface Fault {
  readonly delay?: { readonly fixedDelay: string; readonly percentage: number };
  /** With one of the two statuses. */
  readonly abort?: { readonly httpStatus?: number; readonly grpcStatus?: string; readonly percentage: number };
}

/** The proxy answers by itself. */
export interface Respond {
  readonly kind: "respond";
  readonly response: DirectResponse;
}

/** Routes of somebody else's go on with the request. What they leave out is as it is here. */
export interface Delegate extends OnTheWay {
  readonly kind: "delegate";
  /** The object with those routes, by name and namespace. */
  readonly to: { readonly name: string; readonly namespace: string };
}

/** Tries after the first. */
export interface Retries extends Omit<RetrySettings, "retryOn"> {
  /** Envoy's conditions; undefined leaves them to the mesh. */
  readonly retryOn?: readonly string[];
}

/** The request is answered with a redirect. */
export interface Redirect {
  readonly kind: "redirect";
  /** Without a scheme, it is the caller's. */
  readonly to: RedirectTarget;
}

/** Pods that requests go to: those of a service, or of one of its versions. */
export interface Backend {
  /** The Kubernetes service. */
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  /** One of the service's versions, by name. */
  readonly version?: string;
  /** Its share of the requests in percent. Those of one route add up to 100, and none is 0. */
  readonly weight: number;
}

/** An application's service as callers find it, through whichever route they come. */
export interface Destination {
  readonly service: string;
  readonly namespace: string;
  readonly versions: readonly Version[];
  readonly policy: TrafficPolicy;
  /** Ports where something is different: all that holds there. */
  readonly ports?: readonly PortPolicy[];
}

export interface PortPolicy extends TrafficPolicy {
  readonly port: number;
}

export interface Version {
  readonly name: string;
  /** The labels that its pods have, and the service's other pods don't. */
  readonly labels: Readonly<Record<string, string>>;
  /** What of the service's policy is different for it. */
  readonly policy?: TrafficPolicy;
}

/** How callers share out their connections among a service's pods. */
export interface TrafficPolicy {
  readonly loadBalancer?: LoadBalancerSettings;
  readonly connectionPool?: ConnectionPoolSettings;
  readonly outlierDetection?: OutlierDetectionSettings;
  readonly tls?: TlsSettings;
}

export type DirectResponse = NonNullable<RouteSettings["directResponse"]>;
export type Rewrite = NonNullable<RouteSettings["rewrite"]>;
export type RedirectTarget = NonNullable<RouteSettings["redirect"]>;
export type CorsPolicy = NonNullable<RouteSettings["corsPolicy"]>;
