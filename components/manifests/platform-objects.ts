import type { GatewaySettings } from "../settings/gateways/schema";
import { identityOf, type KubernetesObject } from "../settings/manifests/object";
import { rootNamespace } from "../settings/namespaces/reserved-namespaces";
import type { Settings } from "../settings/settings";
import { meshObjectsOf } from "./app-objects";
import type { AppInMesh } from "./apps-in-mesh";
import { dataPlanesOf } from "./istio/data-plane";
import { defaultAccess, waysOut } from "./istio/default-access";
import { wildcardGateway, wildcardObject } from "./istio/gateway";
import { gatewayRateLimit, routeLimitsOf } from "./istio/rate-limit";
import { mtlsObject, mtlsOverrideObjects } from "./istio/peer-authentication";
import { externalObjects } from "./istio/service-entry";
import { gatewayService } from "./kubernetes/gateway-service";
import { namespaceManifest } from "./kubernetes/namespace";
import { storageClass } from "./kubernetes/storage-class";
import { workloadManifests } from "./kubernetes/workload";

/** What the stages make in Kubernetes, but for what charts hold. */
export interface PlatformObject {
  readonly identity: string;
  /** The key of the stack file that it is made of, e.g. `apps.checkout.workload`. */
  readonly key: string;
}

/** Every object that the stages register for a stack. */
export function platformObjects(settings: Settings, apps: readonly AppInMesh[]): PlatformObject[] {
  const { mesh, gateways, egressGateways } = settings;
  const routings = apps.map(({ routing }) => routing);
  const rateLimits = (gateway: GatewaySettings) => {
    const limit = gatewayRateLimit(gateway, routeLimitsOf(gateway.key, routings));
    return limit ? [made(`gateways.${gateway.key}.rateLimit`, limit.object)] : [];
  };
  return [
    made("cluster", storageClass),
    made("mesh", namespaceManifest({ name: rootNamespace })),
    made("mesh.mtls.mode", mtlsObject(mesh.mtls.mode).object),
    ...mtlsOverrideObjects(mesh.mtls.overrides).map(({ key, object }) => made(`mesh.mtls.overrides.${key}`, object)),
    ...gateways.flatMap((gateway) => [
      made(`gateways.${gateway.key}`, namespaceManifest({ name: gateway.namespace })),
      made(`gateways.${gateway.key}`, gatewayService(gateway, { certificateArns: "", subnetIds: "" })),
      made(`gateways.${gateway.key}`, wildcardObject(gateway, []).object),
      ...rateLimits(gateway),
    ]),
    ...egressGateways.map(({ key, namespace }) => made(`gateways.${key}`, namespaceManifest({ name: namespace }))),
    ...externalObjects(settings).map(({ key, object }) => made(`external.${key}`, object)),
    ...(mesh.access.default === "allow"
      ? []
      : defaultAccess({ gateways, waysOut: waysOut(settings) }, "enforced", []).map(({ object }) =>
          made("mesh.access.default", object),
        )),
    ...namespacesToMake(settings).map((name) =>
      made(
        Object.hasOwn(settings.namespaces, name) ? `namespaces.${name}` : `apps.${firstIn(settings, name)}.namespace`,
        namespaceManifest({ name }),
      ),
    ),
    ...apps.flatMap((app) => ofApp(app, settings)),
  ];
}

/** Namespaces that the platform makes: those of applications, and those that manifests use and the stack file names. */
export function namespacesToMake({ apps, manifests, namespaces }: Settings): readonly string[] {
  const ofManifests = manifests.flatMap(({ object: { metadata } }) => metadata.namespace ?? []);
  const names = [
    ...apps.map(({ namespace }) => namespace),
    ...ofManifests.filter((name) => Object.hasOwn(namespaces, name)),
  ];
  return [...new Set(names)].filter((name) => namespaces[name]?.create ?? true);
}

function firstIn({ apps }: Settings, namespace: string): string {
  return apps.find((app) => app.namespace === namespace)?.name ?? "";
}

function ofApp(inMesh: AppInMesh, settings: Settings): PlatformObject[] {
  const gateways = new Map(
    settings.gateways.map(({ key, namespace }) => [key, `${namespace}/${wildcardGateway(key)}`]),
  );
  const { app } = inMesh;
  const workload = workloadManifests(app, dataPlanesOf(settings)(app.namespace));
  const pods = workload && [
    workload.serviceAccount,
    workload.service,
    ...workload.versions.flatMap(({ deployment, autoscaler, disruptionBudget }) => [
      deployment,
      autoscaler,
      ...(disruptionBudget ? [disruptionBudget] : []),
    ]),
  ];
  return [
    ...meshObjectsOf(inMesh, gateways).map(({ object }) => made(`apps.${app.name}`, object)),
    ...(pods ?? []).map((object) => made(`apps.${app.name}.workload`, object)),
  ];
}

/** What manifests make is plain, though their types allow outputs. */
function made(key: string, object: object): PlatformObject {
  return { key, identity: identityOf(object as KubernetesObject) };
}
