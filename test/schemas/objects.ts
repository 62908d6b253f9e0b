import { meshObjectsOf } from "../../components/manifests/app-objects";
import { appsInMesh, type AppInMesh } from "../../components/manifests/apps-in-mesh";
import { defaultAccess, waysOut } from "../../components/manifests/istio/default-access";
import { gatewayManifest, wildcardGateway } from "../../components/manifests/istio/gateway";
import { gatewayService } from "../../components/manifests/kubernetes/gateway-service";
import { dataPlanesOf, namespaceLabels } from "../../components/manifests/istio/data-plane";
import { injectionLabels } from "../../components/manifests/istio/injection";
import { gatewayRateLimit, routeLimitsOf } from "../../components/manifests/istio/rate-limit";
import { flowsOf } from "../../components/manifests/kubernetes/flows";
import { namespaceManifest } from "../../components/manifests/kubernetes/namespace";
import {
  meshPeerAuthentication,
  peerAuthenticationOverride,
} from "../../components/manifests/istio/peer-authentication";
import { externalObjects } from "../../components/manifests/istio/service-entry";
import { networkPolicies } from "../../components/manifests/kubernetes/network-policy";
import { workloadManifests } from "../../components/manifests/kubernetes/workload";
import { dataPlane } from "../manifests/app";
import { closedNamespaces } from "../../components/settings/namespaces/closed";
import type { Settings } from "../../components/settings/settings";

const gateways = new Map([["default", `istio-ingress/${wildcardGateway("default")}`]]);

/** Every Kubernetes and Istio object that the builders give for an application. */
export function appObjects(inMesh: AppInMesh): object[] {
  const { app } = inMesh;
  const workload = workloadManifests(app, dataPlane);
  const objects: readonly (object | undefined)[] = [
    ...meshObjectsOf(inMesh, gateways).map(({ object }) => object),
    workload?.serviceAccount,
    workload?.service,
    ...(workload?.versions ?? []).flatMap(({ deployment, autoscaler, disruptionBudget }) => [
      deployment,
      autoscaler,
      disruptionBudget,
    ]),
  ];
  return objects.filter((object) => object !== undefined);
}

/** Every Kubernetes and Istio object that the builders give for a stack. */
export function stackObjects(settings: Settings): object[] {
  const { mesh, gateways, egressGateways, namespaces, domain } = settings;
  const resolved = appsInMesh(settings);
  const routings = resolved.map(({ routing }) => routing);
  const flows = flowsOf({ gateways, egressGateways, apps: routings });
  const dataPlaneOf = dataPlanesOf({ mesh, namespaces });
  return [
    ...gateways.map(({ namespace }) =>
      namespaceManifest({
        name: namespace,
        labels: { ...injectionLabels(mesh.revision), "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
      }),
    ),
    ...Object.entries(namespaces).map(([name, { injection, labels }]) =>
      namespaceManifest({ name, labels: { ...namespaceLabels(dataPlaneOf(name), injection), ...labels } }),
    ),
    meshPeerAuthentication(mesh.mtls.mode),
    ...Object.entries(mesh.mtls.overrides).map(([name, override]) => peerAuthenticationOverride(name, override)),
    ...gateways.flatMap((gateway) => [
      gatewayManifest(gateway, [`*.${domain.name}`, domain.name]),
      gatewayService(gateway, {
        certificateArns: "arn:aws:acm:ap-northeast-2:123456789012:certificate/one",
        subnetIds: "subnet-1,subnet-2",
      }),
      ...[gatewayRateLimit(gateway, routeLimitsOf(gateway.key, routings))].flatMap((limit) => limit?.object ?? []),
    ]),
    ...externalObjects(settings).map(({ object }) => object),
    ...(mesh.access.default === "allow"
      ? []
      : defaultAccess({ gateways, waysOut: waysOut(settings) }, "enforced", []).map(({ object }) => object)),
    ...closedNamespaces(settings).flatMap((name) => networkPolicies(name, flows).map(({ policy }) => policy)),
    ...resolved.flatMap(appObjects),
  ];
}
