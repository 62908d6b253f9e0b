import type { ISidecar } from "@kubernetes-models/istio/networking.istio.io/v1";
import { callOf } from "../../settings/apps/calls";
import type { AppSettings } from "../../settings/apps/schema";
import type { Settings } from "../../settings/settings";
import { serviceHost } from "../names";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import type { IstioObject } from "./istio-object";
import { externalHosts, gatewayHosts } from "./service-entry";

/** What a stack has that applications may call. */
export interface Callable {
  readonly apps: ReadonlyMap<string, Pick<AppSettings, "namespace" | "service">>;
  readonly external: Settings["external"];
  readonly egressGateways: Settings["egressGateways"];
  /** What every sidecar must know: see `meshHosts`. */
  readonly mesh: readonly string[];
}

/** What the applications of a stack may call. */
export function callableOf(settings: Pick<Settings, "apps" | "external" | "egressGateways" | "mesh">): Callable {
  return {
    apps: new Map(settings.apps.map((app) => [app.name, app])),
    external: settings.external,
    egressGateways: settings.egressGateways,
    mesh: meshHosts(settings),
  };
}

/**
 * What the mesh itself needs in every sidecar, as a Sidecar imports it: istiod, and the external authorizers. A feature
 * whose proxies call somebody adds it here. Never the whole root namespace: everything of `external` stands there.
 */
export function meshHosts({ mesh }: Pick<Settings, "mesh">): string[] {
  const services = Object.values(mesh.providers).flatMap(({ envoyExtAuthzHttp, envoyExtAuthzGrpc }) =>
    [envoyExtAuthzHttp?.service, envoyExtAuthzGrpc?.service].filter((service) => service !== undefined),
  );
  const istiod = serviceHost(mesh.revision ? `istiod-${mesh.revision}` : "istiod", rootNamespace);
  return [...new Set([istiod, ...services].map(imported))];
}

/** `opa.opa-system.svc.cluster.local` stands in `opa-system`; of other names any namespace may have the entry. */
function imported(service: string): string {
  if (service.includes("/")) return service;
  const [, namespace = "*"] = /^[^.]+\.([^.]+)\.svc\./.exec(service) ?? [];
  return `${namespace}/${service}`;
}

/**
 * What the sidecars of an application know, as a Sidecar imports it: what it calls, and what the mesh needs.
 *
 * @returns undefined for an application that doesn't say what it calls: its sidecars know everything
 */
export function importsOf(app: AppSettings, callable: Callable): readonly string[] | undefined {
  if (app.calls === undefined) return undefined;
  const hosts = app.calls.map(callOf).flatMap((call) => {
    if (call.external !== undefined) {
      const external = callable.external[call.external];
      return external ? [...externalHosts(external), ...gatewayHosts(external, callable.egressGateways)] : [];
    }
    const target = call.app === undefined ? undefined : callable.apps.get(call.app);
    const { service, namespace } = target ?? {
      service: call.service ?? "",
      namespace: call.namespace ?? app.namespace,
    };
    return [`${namespace}/${serviceHost(service, namespace)}`];
  });
  // Without its own Service, a pod that calls it by name would leave the mesh.
  const own = `${app.namespace}/${serviceHost(app.service, app.namespace)}`;
  return [...new Set([...hosts, own, ...callable.mesh])];
}

/**
 * The Sidecar of an application's pods. Routes of what they call come along, and with them the services that these lead
 * to.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export function sidecar({ name, namespace, pods }: AppSettings, imports: readonly string[]): IstioObject<ISidecar> {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Sidecar",
    metadata: { name, namespace },
    spec: { workloadSelector: { labels: { ...pods.labels } }, egress: [{ hosts: [...imports] }] },
  };
}
