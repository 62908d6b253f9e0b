import type * as k8s from "@pulumi/kubernetes";
import type { Output, Resource } from "@pulumi/pulumi";
import type { DataPlane, DataPlanes } from "./manifests/istio/data-plane";

/*
 * What one stage hands to the next. Each carries names as plain strings, so that a first preview shows them, and the
 * resources to wait for.
 */

/** Subnets, and what must stand before anything in them reaches the internet. */
export interface NetworkRef {
  readonly vpcId: Output<string>;
  readonly privateSubnetIds: Output<string[]>;
  readonly publicSubnetIds: Output<string[]>;
  /** Routes of the public subnets, which an internet-facing load balancer stands in. Empty for an existing VPC. */
  readonly ingress: readonly Resource[];
  /** Routes to the NAT gateways; on destroy they outlive the nodes that need them. Empty for an existing VPC. */
  readonly egress: readonly Resource[];
}

/** A cluster whose API answers. */
export interface ClusterRef {
  readonly name: string;
  /** Talks to the cluster; explicit, as there is no default provider. */
  readonly provider: k8s.Provider;
  /** Node groups: pods have a place to run. */
  readonly nodes: readonly Resource[];
  /** CoreDNS: pods find names. */
  readonly dns: Resource;
  /** The Pod Identity agent: pods get AWS credentials. */
  readonly podIdentityAgent: Resource;
  /** The EBS CSI driver: pods get their volumes, and are rid of them. */
  readonly volumes: Resource;
}

/** A running AWS Load Balancer Controller. */
export interface LoadBalancerControllerRef {
  readonly ready: Resource;
}

/** A Kubernetes namespace. */
export interface NamespaceRef {
  readonly name: string;
  /** How its pods are in the mesh, if they are. */
  readonly dataPlane: DataPlane;
  /** What to wait for; nothing for a namespace that somebody else made. */
  readonly ready: readonly Resource[];
}

/** A mesh whose istiod serves: webhooks answer, sidecars are injected, configuration is distributed. */
export interface MeshRef {
  /** How the pods of a namespace are in it. */
  readonly dataPlaneOf: DataPlanes;
  readonly ready: Resource;
}

/** An egress gateway whose pods take calls out. */
export interface EgressGatewayRef {
  /** What makes the namespace that it is in. */
  readonly namespace: Resource;
  readonly ready: Resource;
}

/** A Gateway that VirtualServices bind to. Binding needs neither its pods nor its load balancer. */
export interface GatewayRef {
  /** `namespace/name`, as a VirtualService writes it. */
  readonly name: string;
  readonly ready: Resource;
}
