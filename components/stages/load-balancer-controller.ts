import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartSource, helmRelease } from "./helm-release";
import { partitionOf } from "../manifests/aws/iam";
import { loadBalancerControllerPolicy } from "../manifests/aws/load-balancer-controller-policy";
import { loadBalancerControllerValues } from "../manifests/charts/load-balancer-controller-values";
import { PodIdentityRole } from "./pod-identity-role";
import type { ClusterRef, LoadBalancerControllerRef } from "../references";
import { Stage } from "./stage";
import type { Transform } from "./transform";
import { loadBalancerController } from "../versions";

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
const namespace = "kube-system";

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
    const role = new PodIdentityRole(
      name,
      {
        clusterName: cluster.name,
        cluster: cluster.provider,
        namespace,
        serviceAccount,
        policy: loadBalancerControllerPolicy(partitionOf(region), cluster.name),
      },
      { parent: this },
    );
    this.ready = helmRelease(
      name,
      {
        release: loadBalancerController.chart,
        namespace,
        chart: chartSource(
          loadBalancerController.repository,
          loadBalancerController.chart,
          loadBalancerController.version,
        ),
        values: loadBalancerControllerValues({ clusterName: cluster.name, region, vpcId, serviceAccount, tags }),
        transform: transform?.release,
      },
      // It asks AWS for everything: without names, credentials or nodes it would only restart.
      {
        parent: this,
        provider: cluster.provider,
        dependsOn: [...cluster.nodes, cluster.dns, cluster.podIdentityAgent, role.ready],
      },
    );
    this.registerOutputs();
  }
}
