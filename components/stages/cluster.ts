import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ClusterAddons } from "./cluster-addons";
import { cniPolicy, firstNodes, nodeGroups, nodeRole } from "./cluster-nodes";
import { openPorts } from "./cluster-ports";
import { accessEntries } from "../manifests/aws/access-entries";
import { partitionOf } from "../settings/aws/partition";
import { storageClass } from "../manifests/kubernetes/storage-class";
import { PodIdentityRole } from "./pod-identity-role";
import type { ClusterRef, NetworkRef } from "../references";
import type { AwsSettings } from "../settings/aws/schema";
import type { ClusterSettings } from "../settings/cluster/schema";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";
import { addonVersions } from "../versions";

export interface ClusterArgs {
  readonly cluster: ClusterSettings;
  /** The AWS region, e.g. `eu-west-1`. */
  readonly region: string;
  readonly network: NetworkRef;
  /** The provider of the AWS resources; `@pulumi/eks` makes its own from none. */
  readonly awsProvider: aws.Provider;
  /** What that provider runs as, if not the environment's identity: the kubeconfig must ask for tokens as the same one. */
  readonly credentials?: Pick<AwsSettings, "profile" | "assumeRoles">;
  /** Tags of instances and volumes, which a provider's default tags do not reach. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Changes to single children. */
  readonly transform?: {
    readonly cluster?: Transform<eks.ClusterArgs>;
    readonly nodeGroup?: Transform<aws.eks.NodeGroupArgs>;
    readonly launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
  };
}

/**
 * An EKS cluster: encrypted secrets, all control-plane logs, access entries instead of aws-auth, managed node groups
 * without SSH, and pinned add-ons.
 *
 * The control plane waits for the private subnets only. It costs 73 USD a month, the nodes beside it.
 *
 * @example
 * ```ts
 * const cluster = new Cluster("shop", { cluster: settings.cluster, region: "eu-west-1", network, awsProvider });
 * ```
 * @see https://www.pulumi.com/registry/packages/eks/
 */
export class Cluster extends Stage implements ClusterRef {
  /** The cluster's name in AWS. */
  readonly name: string;
  readonly provider: k8s.Provider;
  readonly nodes: readonly pulumi.Resource[];
  readonly dns: pulumi.Resource;
  readonly podIdentityAgent: pulumi.Resource;
  readonly volumes: pulumi.Resource;
  /** ARN of the role of all nodes, e.g. for a policy of their own or for an access entry of another cluster. */
  readonly nodeRoleArn: pulumi.Output<string>;
  /** Talks to the cluster as whoever runs it, by `aws eks get-token`. A secret. */
  readonly kubeconfig: pulumi.Output<string>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Cluster", name, opts);
    this.name = args.cluster.name;
    const cluster = this.controlPlane(name, args);
    const waysIn = openPorts(this, name, cluster, args.cluster.privateAccessCidrs);
    const role = nodeRole(this, name, args.cluster.name);
    this.nodeRoleArn = role.arn;
    const cni = this.cniRole(name, args, cluster);
    // Made below, as one of the add-ons, the others of which wait for nodes: it is there when this constructor has ended.
    const agent = Promise.resolve().then(() => this.podIdentityAgent);
    const groups = nodeGroups(this, name, args, role, [cluster, ...(cni ? [cni.ready, agent] : [])]);
    this.nodes = groups.map(({ ready }) => ready);
    this.kubeconfig = pulumi.secret(cluster.kubeconfigJson);
    this.provider = new k8s.Provider(
      `${name}-kubernetes`,
      // Known before the cluster is, so that neither a first preview nor a new kubeconfig replaces anything (pulumi-eks#764).
      { kubeconfig: this.kubeconfig, clusterIdentifier: `${args.region}/${this.name}` },
      // Whoever runs this may reach the private endpoint by these rules alone; on destroy they outlive all that is asked of it.
      { parent: this, dependsOn: [...waysIn] },
    );
    const addons = new ClusterAddons(
      `${name}-addons`,
      {
        clusterName: this.name,
        cluster,
        nodes: this.nodes,
        firstNodes: firstNodes(args.cluster, groups),
        partition: partitionOf(args.region),
        versions: versionsOf(args.cluster),
        agentFirst: cni !== undefined,
      },
      { parent: this },
    );
    this.dns = addons.dns;
    this.podIdentityAgent = addons.podIdentityAgent;
    this.volumes = addons.volumes;
    this.storageClass(name);
    this.registerOutputs({ name: this.name, kubeconfig: this.kubeconfig });
  }

  private controlPlane(
    name: string,
    { cluster: settings, region, network, awsProvider, credentials, transform = {} }: ClusterArgs,
  ): eks.Cluster {
    const versions = versionsOf(settings);
    // EKS would create this group by itself and keep it for ever.
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: `/aws/eks/${settings.name}/cluster`, retentionInDays: settings.logs.retentionDays },
      { parent: this },
    );
    return new eks.Cluster(
      ...transformed<eks.ClusterArgs, pulumi.ComponentResourceOptions>(
        transform.cluster,
        name,
        {
          name: settings.name,
          version: settings.version,
          vpcId: network.vpcId,
          subnetIds: network.privateSubnetIds,
          authenticationMode: "API",
          accessEntries: accessEntries(settings, partitionOf(region)),
          endpointPrivateAccess: true,
          endpointPublicAccess: settings.publicAccessCidrs.length > 0,
          ...(settings.publicAccessCidrs.length > 0 && { publicAccessCidrs: settings.publicAccessCidrs }),
          enabledClusterLogTypes: [...settings.logs.types],
          ...(credentials?.profile || credentials?.assumeRoles
            ? {
                providerCredentialOpts: {
                  profileName: credentials.profile,
                  roleArn: credentials.assumeRoles?.at(-1)?.roleArn,
                },
              }
            : {}),
          encryptionConfigKeyArn: settings.secretsKeyArn ?? this.secretsKey(name, settings.name).arn,
          deletionProtection: settings.deletionProtection,
          skipDefaultNodeGroup: true,
          // Nodes and control plane share the security group that EKS makes; a second pair would stand unused.
          skipDefaultSecurityGroups: true,
          createOidcProvider: false,
          vpcCniOptions: {
            addonVersion: versions["vpc-cni"],
            ...(settings.networkPolicies && { enableNetworkPolicy: true }),
          },
          kubeProxyAddonOptions: { version: versions["kube-proxy"] },
          // Created with the cluster it would wait for nodes that are not there yet (pulumi-eks#1819).
          corednsAddonOptions: { enabled: false },
        },
        {
          parent: this,
          providers: { aws: awsProvider },
          dependsOn: [logGroup],
          ...(settings.deletionProtection && { transforms: [protectControlPlane] }),
        },
      ),
    );
  }

  private secretsKey(name: string, clusterName: string): aws.kms.Key {
    return new aws.kms.Key(
      `${name}-secrets`,
      {
        description: `Kubernetes secrets of the EKS cluster ${clusterName}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: { Name: `${name}-secrets` },
      },
      { parent: this },
    );
  }

  /**
   * AWS permissions for the VPC CNI's pods alone; nothing where those of the nodes are all that it has.
   *
   * Nodes wait for it and for the Pod Identity agent. A node is ready when the CNI has addresses, for which it asks AWS: as
   * what its association says, if there was one when its pod was created, and never again as the node. The add-ons of both
   * are active without a node, as they are DaemonSets; the agent is in the node's own network, and needs no CNI.
   *
   * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3260
   */
  private cniRole(
    name: string,
    { cluster: { cniPermissions }, region }: ClusterArgs,
    cluster: eks.Cluster,
  ): PodIdentityRole | undefined {
    if (cniPermissions === "nodeRole") return undefined;
    return new PodIdentityRole(
      `${name}-cni`,
      {
        clusterName: this.name,
        cluster,
        namespace: "kube-system",
        serviceAccount: "aws-node",
        managedPolicyArns: { cni: `arn:${partitionOf(region)}:iam::aws:policy/${cniPolicy}` },
      },
      { parent: this },
    );
  }

  private storageClass(name: string): void {
    new k8s.storage.v1.StorageClass(`${name}-gp3`, storageClass, { parent: this, provider: this.provider });
  }
}

/**
 * Has the engine protect the control plane that `eks.Cluster` makes, and nothing beside it: the component's own `protect`
 * would be its access entries', too, and no admin could be taken away.
 */
const protectControlPlane: pulumi.ResourceTransform = ({ type, props, opts }) =>
  type === "aws:eks/cluster:Cluster" ? { props, opts: { ...opts, protect: true } } : undefined;

function versionsOf({ version, addons }: ClusterSettings) {
  const pinned = addonVersions[version];
  if (!pinned) throw new Error(`No add-on versions are pinned for Kubernetes ${version}: add them to versions.ts.`);
  return { ...pinned, ...addons };
}
