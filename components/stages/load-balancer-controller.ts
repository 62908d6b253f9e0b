import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "./helm-release";
import { loadBalancerControllerPolicy } from "../manifests/aws/load-balancer-controller-policy";
import { loadBalancerController } from "../manifests/charts/load-balancer-controller";
import { partitionOf } from "../settings/aws/partition";
import { PodIdentityRole } from "./pod-identity-role";
import type { ClusterRef, LoadBalancerControllerRef } from "../references";
import { Stage } from "./stage";
import type { Transform } from "./transform";

export interface LoadBalancerControllerArgs {
  readonly cluster: ClusterRef;
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** Tags of every load balancer it makes. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Changes to single children. */
  readonly transform?: { readonly release?: Transform<k8s.helm.v3.ReleaseArgs> };
}

const serviceAccount = "aws-load-balancer-controller";

/**
 * The AWS Load Balancer Controller, which makes a Network Load Balancer of the gateway's Service. Its permissions are
 * scoped to what carries this cluster's tag.
 *
 * @example
 * ```ts
 * const controller = new LoadBalancerController("shop-controller", { cluster, region: "eu-west-1", vpcId: network.vpcId });
 * ```
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/
 */
export class LoadBalancerController extends Stage implements LoadBalancerControllerRef {
  readonly ready: pulumi.Resource;

  constructor(name: string, args: LoadBalancerControllerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("LoadBalancerController", name, opts);
    const { cluster, region, vpcId, tags = {}, transform } = args;
    const chart = loadBalancerController({ clusterName: cluster.name, region, vpcId, serviceAccount, tags });
    const role = new PodIdentityRole(
      name,
      {
        clusterName: cluster.name,
        cluster: cluster.provider,
        namespace: chart.namespace,
        serviceAccount,
        policy: loadBalancerControllerPolicy(partitionOf(region), cluster.name),
      },
      { parent: this },
    );
    const { nodes, dns, podIdentityAgent } = cluster;
    this.ready = helmRelease(
      name,
      chart,
      { nodes, dns, podIdentityAgent, role: role.ready },
      { parent: this, provider: cluster.provider },
      transform?.release,
    );
    this.registerOutputs();
  }
}
