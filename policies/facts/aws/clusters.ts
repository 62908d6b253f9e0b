import type { Inventory } from "../../engine/inventory";
import { Resource, type ResourceData } from "../../engine/resource";
import type { Properties } from "../../engine/value";

/**
 * The EKS clusters of a stack, each in the shape of `aws.eks.Cluster`.
 *
 * The engine shows the cluster that `eks.Cluster` makes inside itself. The offline plan can't: it shows the component
 * with its arguments, which are put into the same shape here.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/eks/cluster/
 */
export function clustersOf(inventory: Inventory): readonly Resource[] {
  return inventory.once(collect);
}

/** Whether a cluster is in EKS Auto Mode, whose nodes have the Pod Identity agent and a CNI built in. */
export function isAutomatic(cluster: Resource, inventory: Inventory): boolean {
  const component = inventory.withUrn(cluster.data.urn ?? "");
  return [cluster.get("computeConfig", "enabled"), component?.get("autoMode", "enabled")].some(
    (enabled) => enabled?.boolean() === true,
  );
}

function collect(inventory: Inventory): Resource[] {
  const real = inventory.ofType(clusterType);
  const opened = new Set(real.map(({ data }) => data.parent));
  const components = inventory.ofType("eks:index:Cluster").filter(({ data }) => !opened.has(data.urn));
  return [...real, ...components.map(({ data }) => new Resource(asCluster(data)))];
}

const clusterType = "aws:eks/cluster:Cluster";

function asCluster(data: ResourceData): ResourceData {
  return { ...data, type: clusterType, properties: shape(data.properties) };
}

/** What pulumi-eks makes of its arguments. @see https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/cluster/cluster.ts */
function shape(args: Properties): Properties {
  const { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs, subnetIds, encryptionConfigKeyArn } = args;
  const { name, version, enabledClusterLogTypes, deletionProtection, upgradePolicy, authenticationMode, tags } = args;
  return defined({
    name,
    version,
    enabledClusterLogTypes,
    deletionProtection,
    upgradePolicy,
    tags: tags ?? args.clusterTags,
    vpcConfig: defined({ endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs, subnetIds }),
    accessConfig: defined({ authenticationMode, bootstrapClusterCreatorAdminPermissions: true }),
    ...(encryptionConfigKeyArn !== undefined && {
      encryptionConfig: { provider: { keyArn: encryptionConfigKeyArn }, resources: ["secrets"] },
    }),
  });
}

function defined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
