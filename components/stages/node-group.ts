import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../settings/cluster/architecture";
import type { NodeGroupSettings } from "../settings/cluster/schema";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";

export interface NodeGroupArgs {
  readonly clusterName: string;
  /** The Kubernetes version, e.g. `1.35`. */
  readonly version: string;
  readonly nodeGroup: NodeGroupSettings;
  readonly subnetIds: pulumi.Input<string[]>;
  /** The nodes' role. */
  readonly roleArn: pulumi.Input<string>;
  /** What a node needs to join, and to leave: the cluster, its role's policies, a way out to the internet. */
  readonly after: readonly pulumi.Input<pulumi.Resource>[];
  /** Tags of instances and volumes. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Changes to single children. */
  readonly transform?: {
    readonly nodeGroup?: Transform<aws.eks.NodeGroupArgs>;
    readonly launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
  };
}

const amiTypes = { arm64: "AL2023_ARM_64_STANDARD", x86_64: "AL2023_x86_64_STANDARD" } as const;

/**
 * A managed node group with a launch template of ours: IMDSv2 with a hop limit of 1, so that pods can't take the
 * node's role, and an encrypted volume. The template names no image, user data or security group: EKS adds its own.
 *
 * Another instance type or subnet makes a new group before the old one goes. The old one's nodes then drain all at once:
 * to keep serving, add a group under another name, drain the old nodes one by one, and remove the old entry last.
 *
 * @example
 * ```ts
 * new NodeGroup("shop-spot", {
 *   clusterName: "shop", version: "1.35", nodeGroup: settings.cluster.nodeGroups.spot,
 *   subnetIds: network.privateSubnetIds, roleArn: role.arn, after: [cluster],
 * });
 * ```
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export class NodeGroup extends Stage {
  /** The group, once its nodes have joined. */
  readonly ready: pulumi.Resource;

  constructor(name: string, args: NodeGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("NodeGroup", name, opts);
    const template = this.launchTemplate(name, args);
    this.ready = this.nodeGroup(name, args, template);
    this.registerOutputs();
  }

  private launchTemplate(name: string, { nodeGroup, tags = {}, transform }: NodeGroupArgs): aws.ec2.LaunchTemplate {
    const named = { Name: name, ...tags };
    return new aws.ec2.LaunchTemplate(
      ...transformed(
        transform?.launchTemplate,
        name,
        {
          metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
          blockDeviceMappings: [
            {
              deviceName: "/dev/xvda",
              ebs: {
                volumeSize: nodeGroup.diskSize,
                volumeType: "gp3",
                encrypted: "true",
                deleteOnTermination: "true",
              },
            },
          ],
          tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
            resourceType,
            tags: named,
          })),
          updateDefaultVersion: true,
          tags: named,
        },
        { parent: this },
      ),
    );
  }

  private nodeGroup(name: string, args: NodeGroupArgs, template: aws.ec2.LaunchTemplate): aws.eks.NodeGroup {
    const { nodeGroup: settings } = args;
    return new aws.eks.NodeGroup(
      ...transformed(
        args.transform?.nodeGroup,
        name,
        {
          clusterName: args.clusterName,
          version: args.version,
          nodeRoleArn: args.roleArn,
          subnetIds: args.subnetIds,
          instanceTypes: settings.instanceTypes,
          ...(settings.releaseVersion && { releaseVersion: settings.releaseVersion }),
          amiType: amiTypes[architectureOf(settings.instanceTypes[0] ?? "")],
          capacityType: settings.capacityType,
          scalingConfig: {
            minSize: settings.minSize,
            maxSize: settings.maxSize,
            desiredSize: settings.desiredSize ?? settings.minSize,
          },
          updateConfig: { maxUnavailablePercentage: 33 },
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          labels: settings.labels,
          taints: settings.taints,
          tags: { Name: name },
        },
        {
          parent: this,
          dependsOn: [...args.after],
          ...(settings.autoscaled && { ignoreChanges: ["scalingConfig.desiredSize"] }),
        },
      ),
    );
  }
}
