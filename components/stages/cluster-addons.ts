import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { PodIdentityRole } from "./pod-identity-role";
import { Stage } from "./stage";
import type { AddonName, AddonVersions } from "../versions";

export interface ClusterAddonsArgs {
  readonly clusterName: string;
  readonly cluster: pulumi.Resource;
  /** Node groups, as these add-ons run pods of their own. */
  readonly nodes: readonly pulumi.Resource[];
  /** Those of them that are enough for CoreDNS, which everything else waits for. */
  readonly firstNodes: readonly pulumi.Resource[];
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly versions: AddonVersions;
  /** Whether the Pod Identity agent is there before the nodes, which then wait for it. Default: after them, as the others. */
  readonly agentFirst?: boolean;
}

/**
 * The EKS add-ons that need nodes: CoreDNS, the Pod Identity agent, the metrics server that every
 * HorizontalPodAutoscaler asks, and the EBS CSI driver. (vpc-cni and kube-proxy come with the control plane.)
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export class ClusterAddons extends Stage {
  readonly dns: pulumi.Resource;
  readonly podIdentityAgent: pulumi.Resource;
  readonly volumes: pulumi.Resource;

  constructor(name: string, args: ClusterAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ClusterAddons", name, opts);
    this.dns = this.addon(name, "coredns", { ...args, nodes: args.firstNodes });
    this.podIdentityAgent = this.addon(name, "eks-pod-identity-agent", {
      ...args,
      nodes: args.agentFirst ? [args.cluster] : args.nodes,
    });
    this.addon(name, "metrics-server", args);
    const role = new PodIdentityRole(
      `${name}-ebs-csi`,
      {
        clusterName: args.clusterName,
        cluster: args.cluster,
        namespace: "kube-system",
        serviceAccount: "ebs-csi-controller-sa",
        managedPolicyArns: { driver: driverPolicy(args.partition) },
      },
      { parent: this },
    );
    this.volumes = this.addon(name, "aws-ebs-csi-driver", args, [role.ready, this.podIdentityAgent]);
    this.registerOutputs();
  }

  private addon(
    name: string,
    addonName: AddonName,
    { clusterName, nodes, versions }: ClusterAddonsArgs,
    dependsOn: readonly pulumi.Resource[] = [],
  ): aws.eks.Addon {
    return new aws.eks.Addon(
      `${name}-${addonName}`,
      {
        clusterName,
        addonName,
        addonVersion: versions[addonName],
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "PRESERVE",
      },
      { parent: this, dependsOn: [...nodes, ...dependsOn] },
    );
  }
}

/**
 * What the EBS CSI driver may do: with volumes and snapshots of this cluster, by the tag that Pod Identity gives its session.
 * AWS offers AmazonEBSCSIDriverPolicyV2 beside it, which asks for no more than a driver's tag: with it, one cluster's driver may
 * change every other cluster's volumes in the account. The price is in docs/changes.md: what this cluster's driver didn't make,
 * and nodes outside of managed groups, need a tag first.
 *
 * AWS doesn't write whether the other partitions have it; there the driver keeps the older policy.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/2918
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEBSCSIDriverEKSClusterScopedPolicy.html
 */
function driverPolicy(partition: string): string {
  return partition === "aws"
    ? "arn:aws:iam::aws:policy/AmazonEBSCSIDriverEKSClusterScopedPolicy"
    : `arn:${partition}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy`;
}
