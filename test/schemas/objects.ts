import { destinationRule } from "../../components/manifests/istio/destination-rule";
import { gatewayManifest, wildcardGateway } from "../../components/manifests/istio/gateway";
import { gatewayService } from "../../components/manifests/kubernetes/gateway-service";
import { serviceHost } from "../../components/manifests/names";
import { namespaceManifest } from "../../components/manifests/kubernetes/namespace";
import {
  meshPeerAuthentication,
  peerAuthenticationOverride,
} from "../../components/manifests/istio/peer-authentication";
import {
  ingressVirtualService,
  meshVirtualService,
  type ServicePorts,
} from "../../components/manifests/istio/virtual-service";
import { workloadManifests } from "../../components/manifests/kubernetes/workload";
import type { AppSettings } from "../../components/settings/apps/schema";
import { sidecarResources } from "../manifests/app";
import type { Settings } from "../../components/settings/settings";

/** Every Kubernetes and Istio object that the builders give for an application. */
export function appObjects(app: AppSettings, ports: ServicePorts = {}): object[] {
  const workload = workloadManifests(app, sidecarResources);
  const objects: readonly (object | undefined)[] = [
    destinationRule(app),
    ingressVirtualService(app, `istio-ingress/${wildcardGateway("default")}`, ports),
    meshVirtualService(app, ports),
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
export function stackObjects({ apps, mesh, gateways, namespaces, domain }: Settings): object[] {
  const ports = Object.fromEntries(apps.map((app) => [serviceHost(app.service, app.namespace), app.port]));
  return [
    ...gateways.map(({ namespace }) =>
      namespaceManifest({
        name: namespace,
        injection: true,
        revision: mesh.revision,
        labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
      }),
    ),
    ...Object.entries(namespaces).map(([name, { injection, labels }]) =>
      namespaceManifest({ name, injection, revision: mesh.revision, labels }),
    ),
    meshPeerAuthentication(mesh.mtls.mode),
    ...Object.entries(mesh.mtls.overrides).map(([name, override]) => peerAuthenticationOverride(name, override)),
    ...gateways.flatMap((gateway) => [
      gatewayManifest(gateway, [`*.${domain.name}`, domain.name]),
      gatewayService(gateway, {
        certificateArns: "arn:aws:acm:ap-northeast-2:123456789012:certificate/one",
        subnetIds: "subnet-1,subnet-2",
      }),
    ]),
    ...apps.flatMap((app) => appObjects(app, ports)),
  ];
}
