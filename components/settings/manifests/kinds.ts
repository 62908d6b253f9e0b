/*
 * Kinds that are in every cluster of this platform. What is in none of these tables needs its CustomResourceDefinition among the
 * manifests, or an entry's word that somebody else brings it.
 */

/** Whether objects of a kind stand in a namespace. */
export type Scope = "namespaced" | "cluster";

interface Group {
  /** Versions of a group that is Kubernetes' own; others may have any. */
  readonly versions?: readonly string[];
  readonly namespaced?: readonly string[];
  readonly cluster?: readonly string[];
}

/** Kubernetes' own groups, but for events, which nobody applies; with what the versions that EKS offers still serve. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
export const kubernetesGroups: Readonly<Record<string, Group>> = {
  "": {
    versions: ["v1"],
    namespaced: [
      "ConfigMap",
      "Endpoints",
      "LimitRange",
      "PersistentVolumeClaim",
      "Pod",
      "PodTemplate",
      "ReplicationController",
      "ResourceQuota",
      "Secret",
      "Service",
      "ServiceAccount",
    ],
    cluster: ["Namespace", "Node", "PersistentVolume"],
  },
  "admissionregistration.k8s.io": {
    versions: ["v1", "v1beta1"],
    cluster: [
      "MutatingAdmissionPolicy",
      "MutatingAdmissionPolicyBinding",
      "MutatingWebhookConfiguration",
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionPolicyBinding",
      "ValidatingWebhookConfiguration",
    ],
  },
  "apiextensions.k8s.io": { versions: ["v1"], cluster: ["CustomResourceDefinition"] },
  "apiregistration.k8s.io": { versions: ["v1"], cluster: ["APIService"] },
  apps: {
    versions: ["v1"],
    namespaced: ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  },
  autoscaling: { versions: ["v2", "v1"], namespaced: ["HorizontalPodAutoscaler"] },
  batch: { versions: ["v1"], namespaced: ["CronJob", "Job"] },
  "certificates.k8s.io": {
    versions: ["v1", "v1beta1"],
    namespaced: ["PodCertificateRequest"],
    cluster: ["CertificateSigningRequest", "ClusterTrustBundle"],
  },
  "coordination.k8s.io": { versions: ["v1", "v1beta1"], namespaced: ["Lease", "LeaseCandidate"] },
  "discovery.k8s.io": { versions: ["v1"], namespaced: ["EndpointSlice"] },
  "flowcontrol.apiserver.k8s.io": { versions: ["v1"], cluster: ["FlowSchema", "PriorityLevelConfiguration"] },
  "networking.k8s.io": {
    versions: ["v1", "v1beta1"],
    namespaced: ["Ingress", "NetworkPolicy"],
    cluster: ["IPAddress", "IngressClass", "ServiceCIDR"],
  },
  "node.k8s.io": { versions: ["v1"], cluster: ["RuntimeClass"] },
  policy: { versions: ["v1"], namespaced: ["PodDisruptionBudget"] },
  "rbac.authorization.k8s.io": {
    versions: ["v1"],
    namespaced: ["Role", "RoleBinding"],
    cluster: ["ClusterRole", "ClusterRoleBinding"],
  },
  "resource.k8s.io": {
    versions: ["v1", "v1beta2", "v1beta1"],
    namespaced: ["ResourceClaim", "ResourceClaimTemplate"],
    cluster: ["DeviceClass", "DeviceTaintRule", "ResourceSlice"],
  },
  "scheduling.k8s.io": { versions: ["v1"], cluster: ["PriorityClass"] },
  "storage.k8s.io": {
    versions: ["v1", "v1beta1"],
    namespaced: ["CSIStorageCapacity"],
    cluster: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"],
  },
  "storagemigration.k8s.io": { versions: ["v1", "v1beta1"], cluster: ["StorageVersionMigration"] },
};

const withSpec = [
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterTrustBundle",
  "CronJob",
  "CustomResourceDefinition",
  "DaemonSet",
  "Deployment",
  "DeviceClass",
  "DeviceTaintRule",
  "FlowSchema",
  "HorizontalPodAutoscaler",
  "IPAddress",
  "LeaseCandidate",
  "PodCertificateRequest",
  "PriorityLevelConfiguration",
  "ReplicaSet",
  "ResourceClaim",
  "ResourceClaimTemplate",
  "ResourceSlice",
  "StatefulSet",
  "ValidatingAdmissionPolicyBinding",
  "VolumeAttachment",
];

/** The field without which Pulumi's class for one of Kubernetes' own kinds can't be made, by kind. */
export const requiredFields: ReadonlyMap<string, string> = new Map([
  ...withSpec.map((kind) => [kind, "spec"] as const),
  ["CSIStorageCapacity", "storageClassName"],
  ["ClusterRoleBinding", "roleRef"],
  ["ControllerRevision", "data"],
  ["EndpointSlice", "addressType"],
  ["PriorityClass", "value"],
  ["RoleBinding", "roleRef"],
  ["RuntimeClass", "handler"],
  ["StorageClass", "provisioner"],
  ["VolumeAttributesClass", "driverName"],
]);

/** Istio's CustomResourceDefinitions, from its chart base. */
export const istioGroups: Readonly<Record<string, Group>> = {
  "extensions.istio.io": { namespaced: ["TrafficExtension", "WasmPlugin"] },
  "networking.istio.io": {
    namespaced: [
      "DestinationRule",
      "EnvoyFilter",
      "Gateway",
      "ProxyConfig",
      "ServiceEntry",
      "Sidecar",
      "VirtualService",
      "WorkloadEntry",
      "WorkloadGroup",
    ],
  },
  "security.istio.io": { namespaced: ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"] },
  "telemetry.istio.io": { namespaced: ["Telemetry"] },
};

/**
 * Those of AWS: from the chart of the load balancer controller, and from the add-on vpc-cni.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/main/helm/aws-load-balancer-controller/crds
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/charts/aws-vpc-cni/crds/customresourcedefinition.yaml
 */
const awsGroups: Readonly<Record<string, Group>> = {
  "aga.k8s.aws": { namespaced: ["GlobalAccelerator"] },
  "elbv2.k8s.aws": { namespaced: ["ALBTargetControlConfig", "TargetGroupBinding"], cluster: ["IngressClassParams"] },
  "gateway.k8s.aws": {
    namespaced: ["ListenerRuleConfiguration", "LoadBalancerConfiguration", "TargetGroupConfiguration"],
  },
  "crd.k8s.amazonaws.com": { cluster: ["ENIConfig"] },
  "networking.k8s.aws": {
    namespaced: ["ApplicationNetworkPolicy", "PolicyEndpoint"],
    cluster: ["ClusterNetworkPolicy", "ClusterPolicyEndpoint"],
  },
  "vpcresources.k8s.aws": { namespaced: ["SecurityGroupPolicy"], cluster: ["CNINode"] },
};

const groups: ReadonlyMap<string, Group> = new Map(
  Object.entries({ ...kubernetesGroups, ...istioGroups, ...awsGroups }),
);

/** What stands before the slash of an apiVersion; nothing for `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** Whether a kind is Kubernetes' own, and one that a cluster of this platform serves. */
export function isKubernetesOwn({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  const group = groupOf(apiVersion);
  return Object.hasOwn(kubernetesGroups, group) && scopeOfKind(group, kind) !== undefined;
}

/** Where objects of a kind stand; undefined for a kind that not every cluster has. */
export function scopeOfKind(group: string, kind: string): Scope | undefined {
  const known = groups.get(group);
  if (known?.namespaced?.includes(kind)) return "namespaced";
  return known?.cluster?.includes(kind) ? "cluster" : undefined;
}

/** Versions of one of Kubernetes' own groups, the one to use first; undefined for other groups. */
export function versionsOf(group: string): readonly string[] | undefined {
  return groups.get(group)?.versions;
}

/** Every `apiVersion` under which a kind of this name is known, the one to use first. */
export function apiVersionsOf(kind: string): readonly string[] {
  return Object.entries(kubernetesGroups).flatMap(([group, { versions = [] }]) =>
    scopeOfKind(group, kind) === undefined
      ? []
      : versions.map((version) => (group === "" ? version : `${group}/${version}`)),
  );
}

/** Names of all kinds that every cluster has. */
export const knownKinds: readonly string[] = [...groups.values()].flatMap(({ namespaced = [], cluster = [] }) => [
  ...namespaced,
  ...cluster,
]);
