import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { serviceTrust } from "../manifests/aws/iam";
import { partitionOf } from "../settings/aws/partition";
import type { ClusterSettings } from "../settings/cluster/schema";
import type { NetworkRef } from "../references";
import { NodeGroup } from "./node-group";
import type { Transform } from "./transform";

/** What nodes take of a cluster's arguments. */
interface NodesArgs {
  readonly cluster: ClusterSettings;
  readonly region: string;
  readonly network: NetworkRef;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly nodeGroup?: Transform<aws.eks.NodeGroupArgs>;
    readonly launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
  };
}

/** What the VPC CNI asks of AWS. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
export const cniPolicy = "AmazonEKS_CNI_Policy";

/** The role of all nodes. */
export function nodeRole(parent: pulumi.Resource, name: string, clusterName: string): aws.iam.Role {
  return new aws.iam.Role(
    `${name}-nodes`,
    { assumeRolePolicy: serviceTrust("ec2.amazonaws.com"), description: `Nodes of the EKS cluster ${clusterName}` },
    { parent },
  );
}

/**
 * The policies of the nodes' role, and the groups.
 *
 * @param before what nodes wait for beside their role's policies and their way out
 */
export function nodeGroups(
  parent: pulumi.Resource,
  name: string,
  args: NodesArgs,
  role: aws.iam.Role,
  before: readonly pulumi.Input<pulumi.Resource>[],
): NodeGroup[] {
  const policies = [
    "AmazonEKSWorkerNodePolicy",
    ...(args.cluster.cniPermissions === "podIdentity" ? [] : [cniPolicy]),
    "AmazonEC2ContainerRegistryPullOnly",
  ].map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-nodes-${policy}`,
        { role: role.name, policyArn: `arn:${partitionOf(args.region)}:iam::aws:policy/${policy}` },
        { parent },
      ),
  );
  return Object.entries(args.cluster.nodeGroups).map(
    ([group, settings]) =>
      new NodeGroup(
        `${name}-${group}`,
        {
          clusterName: args.cluster.name,
          version: args.cluster.version,
          nodeGroup: settings,
          subnetIds: args.network.privateSubnetIds,
          roleArn: role.arn,
          tags: args.tags,
          after: [...before, ...policies, ...args.network.egress],
          transform: args.transform,
        },
        { parent },
      ),
  );
}

/** The first group that pods without a toleration start on, which is enough for some; all, where each may have no node. */
export function firstNodes({ nodeGroups }: ClusterSettings, groups: readonly NodeGroup[]): readonly pulumi.Resource[] {
  const first = Object.values(nodeGroups).findIndex(
    ({ taints, minSize, desiredSize = minSize }) =>
      desiredSize > 0 && taints.every(({ effect }) => effect === "PREFER_NO_SCHEDULE"),
  );
  return (first < 0 ? groups : groups.slice(first, first + 1)).map(({ ready }) => ready);
}
