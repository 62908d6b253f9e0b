import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ClusterAddons } from "./cluster-addons";
import { partitionOf, serviceTrust } from "../manifests/aws/iam";
import { storageClass } from "../manifests/kubernetes/storage-class";
import { NodeGroup } from "./node-group";
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

/** What the VPC CNI asks of AWS. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
const cniPolicy = "AmazonEKS_CNI_Policy";

/** Ports that must be open between control plane and nodes, and among nodes. @see https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const openPorts = {
  "istiod-webhook": { port: 15017, description: "Control plane to istiod: injection and validation webhooks" },
  "controller-webhook": { port: 9443, description: "Control plane to the AWS Load Balancer Controller: its webhooks" },
  "istiod-xds": { port: 15012, description: "Proxies to istiod: configuration and certificates" },
} as const;

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
    const waysIn = this.openPorts(name, cluster, args.cluster.privateAccessCidrs);
    const role = this.nodeRole(name, args.cluster.name);
    this.nodeRoleArn = role.arn;
    const cni = this.cniRole(name, args, cluster);
    // Made below, as one of the add-ons, the others of which wait for nodes: it is there when this constructor has ended.
    const agent = Promise.resolve().then(() => this.podIdentityAgent);
    const groups = this.nodeGroups(name, args, role, [cluster, ...(cni ? [cni.ready, agent] : [])]);
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
   * EKS's security group allows all within itself: rules for the mesh's ports keep it working where somebody removes
   * that. Nobody else reaches the API's private endpoint, not even from inside the VPC, unless a rule says so.
   *
   * @returns the rules by which the API's private endpoint is reached
   */
  private openPorts(
    name: string,
    cluster: eks.Cluster,
    privateAccessCidrs: readonly string[],
  ): readonly pulumi.Resource[] {
    const securityGroupId = cluster.eksCluster.vpcConfig.clusterSecurityGroupId;
    for (const [key, { port, description }] of Object.entries(openPorts)) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${key}`,
        {
          securityGroupId,
          referencedSecurityGroupId: securityGroupId,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          description,
        },
        { parent: this },
      );
    }
    return privateAccessCidrs.map(
      (cidrIpv4) =>
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-api-${cidrIpv4}`,
          {
            securityGroupId,
            cidrIpv4,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            // Without an apostrophe: EC2 refuses it in a description (terraform-provider-aws#18874).
            description: `Private endpoint of the Kubernetes API, from ${cidrIpv4}`,
          },
          { parent: this },
        ),
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

  private nodeRole(name: string, clusterName: string): aws.iam.Role {
    return new aws.iam.Role(
      `${name}-nodes`,
      { assumeRolePolicy: serviceTrust("ec2.amazonaws.com"), description: `Nodes of the EKS cluster ${clusterName}` },
      { parent: this },
    );
  }

  /** @param before what nodes wait for beside their role's policies and their way out */
  private nodeGroups(
    name: string,
    args: ClusterArgs,
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
          { parent: this },
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
          { parent: this },
        ),
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

/** The first group that pods without a toleration start on, which is enough for some; all, where each may have no node. */
function firstNodes({ nodeGroups }: ClusterSettings, groups: readonly NodeGroup[]): readonly pulumi.Resource[] {
  const first = Object.values(nodeGroups).findIndex(
    ({ taints, minSize, desiredSize = minSize }) =>
      desiredSize > 0 && taints.every(({ effect }) => effect === "PREFER_NO_SCHEDULE"),
  );
  return (first < 0 ? groups : groups.slice(first, first + 1)).map(({ ready }) => ready);
}

function versionsOf({ version, addons }: ClusterSettings) {
  const pinned = addonVersions[version];
  if (!pinned) throw new Error(`No add-on versions are pinned for Kubernetes ${version}: add them to versions.ts.`);
  return { ...pinned, ...addons };
}

/** EKS access entries, by name. */
function accessEntries({ admins, access }: ClusterSettings, partition: string): eks.ClusterArgs["accessEntries"] {
  const entry = (principalArn: string, policy: string, namespaces: readonly string[]) => ({
    principalArn,
    accessPolicies: {
      [policy]: {
        policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
        accessScope: namespaces.length > 0 ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
      },
    },
  });
  return {
    ...Object.fromEntries(
      Object.entries(admins).map(([name, arn]) => [name, entry(arn, "AmazonEKSClusterAdminPolicy", [])]),
    ),
    ...Object.fromEntries(
      Object.entries(access).map(([name, { principalArn, policy, namespaces }]) => [
        name,
        entry(principalArn, policy, namespaces),
      ]),
    ),
  };
}
