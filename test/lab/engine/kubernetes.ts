import { at, text, type Need, type Properties, type ResourceType } from "./resource-type";

/** The host name of a Service's load balancer: one of another scheme is another load balancer. */
function loadBalancerHostname(service: Properties): string {
  const annotations = at(service, "metadata.annotations") as Properties | undefined;
  const internal = annotations?.["service.beta.kubernetes.io/aws-load-balancer-scheme"] === "internal";
  const suffix = internal ? "6a7b8c9d0e1f2a3b" : "5f6a7b8c9d0e1f2a";
  return `k8s-istioing-istioing-0a1b2c3d4e-${suffix}.elb.ap-northeast-2.amazonaws.com`;
}

const always = ["create", "update", "delete"] as const;

const cluster: Need = {
  on: always,
  met: (type) => type === "aws:eks/cluster:Cluster",
  otherwise: 'Get "https://0A1B2C3D.gr7.ap-northeast-2.eks.amazonaws.com/openapi/v2": dial tcp: no such host',
};
const nodes: Need = {
  on: ["create", "update"],
  met: (type) => type === "aws:eks/nodeGroup:NodeGroup",
  otherwise: "timed out waiting for the condition: 0/0 nodes are available",
};
const istiod: Need = {
  on: ["create", "update"],
  met: release("istiod"),
  otherwise:
    'Internal error occurred: failed calling webhook "validation.istio.io": no endpoints available for service "istiod"',
};
const controller: Need = {
  on: always,
  applies: (inputs) => text(inputs, "spec.type") === "LoadBalancer",
  met: release("aws-load-balancer-controller"),
  otherwise: "timed out waiting for the condition: nobody makes or removes the load balancer",
};
/** A namespace ends when its pods have ended, which takes their nodes. */
const nodesToTheEnd: Need = {
  ...nodes,
  on: ["delete"],
  otherwise: "timed out waiting for the namespace to be deleted: its pods can't end",
};

/** A claim ends when its volume is unmounted and deleted. */
const driver: Need = {
  on: ["create", "delete"],
  met: (type, inputs) => type === "aws:eks/addon:Addon" && inputs.addonName === "aws-ebs-csi-driver",
  otherwise: "timed out waiting for the condition: nobody makes or removes the volume",
};

function release(name: string): Need["met"] {
  return (type, inputs) => type === releaseType && inputs.name === name;
}

/** A chart, installed. */
export const releaseType = "kubernetes:helm.sh/v3:Release";

/** A namespace. */
export const namespaceType = "kubernetes:core/v1:Namespace";

/** Whether an object stands in a namespace. */
export function isIn(inputs: Properties, namespace: string): boolean {
  return text(inputs, "metadata.namespace") === namespace;
}

/** An object of Kubernetes: its id is its namespace and name, which it can't change. */
function object(...needs: readonly Need[]): ResourceType {
  return {
    required: ["metadata"],
    longest: { "metadata.name": 253 },
    immutable: ["apiVersion", "kind", "metadata.name", "metadata.namespace"],
    id: (inputs) => idOf(text(inputs, "metadata.namespace"), text(inputs, "metadata.name")),
    needs: [cluster, ...needs],
  };
}

function idOf(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

const types: Readonly<Record<string, ResourceType>> = {
  [namespaceType]: object(nodesToTheEnd),
  "kubernetes:core/v1:Service": {
    ...object(controller),
    outputs: (inputs) =>
      text(inputs, "spec.type") === "LoadBalancer"
        ? { status: { loadBalancer: { ingress: [{ hostname: loadBalancerHostname(inputs) }] } } }
        : { status: { loadBalancer: {} } },
  },
  "kubernetes:core/v1:PersistentVolumeClaim": object(driver),
  "kubernetes:core/v1:ServiceAccount": object(),
  "kubernetes:core/v1:ConfigMap": object(),
  "kubernetes:apps/v1:Deployment": {
    ...object(nodes, istiod),
    immutable: [...(object().immutable ?? []), "spec.selector"],
  },
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": object(),
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": object(),
  "kubernetes:policy/v1:PodDisruptionBudget": object(),
  // @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go
  "kubernetes:storage.k8s.io/v1:StorageClass": {
    ...object(),
    immutable: [...(object().immutable ?? []), "parameters", "provisioner"],
    refused: ["reclaimPolicy", "volumeBindingMode"],
  },
  [releaseType]: {
    required: ["chart"],
    longest: { name: 53 },
    immutable: ["name", "namespace"],
    id: (inputs) => idOf(text(inputs, "namespace"), text(inputs, "name")),
    outputs: (inputs) => ({
      status: { name: inputs.name, namespace: inputs.namespace, status: "deployed", revision: 1 },
    }),
    needs: [cluster, nodes],
  },
};

/** What Kubernetes knows of a type; Istio's objects are all alike. */
export function kubernetesType(type: string): ResourceType | undefined {
  return types[type] ?? (/^kubernetes:(networking|security)\.istio\.io\//.test(type) ? object(istiod) : undefined);
}

/** Whether a type is one of Kubernetes' own objects, or of Istio's. */
export function isKubernetes(type: string): boolean {
  return type.startsWith("kubernetes:") && type !== releaseType;
}

/** Whether an object says of itself that an update of it takes back what others took. */
export function forcesPatches(inputs: Properties): boolean {
  const annotations = at(inputs, "metadata.annotations") as Properties | undefined;
  return annotations?.["pulumi.com/patchForce"] === "true";
}

/** The inputs of a provider whose change means another cluster: none while the cluster's identifier stays. */
export function providerReplacements(before: Properties, after: Properties): string[] {
  if (at(before, "clusterIdentifier") !== at(after, "clusterIdentifier")) return ["clusterIdentifier"];
  return after.clusterIdentifier === undefined && before.kubeconfig !== after.kubeconfig ? ["kubeconfig"] : [];
}
