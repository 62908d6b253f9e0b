import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import { dependenciesOf } from "../pulumi/dependencies";

/** Managed node groups. The offline plan shows `eks.ManagedNodeGroup`, whose arguments have the same names, instead of what it makes. */
export function nodeGroupsOf(inventory: Inventory): readonly Resource[] {
  const real = inventory.ofType("aws:eks/nodeGroup:NodeGroup");
  const opened = new Set(real.map(({ data }) => data.parent));
  const components = inventory.ofType("eks:index:ManagedNodeGroup").filter(({ data }) => !opened.has(data.urn));
  return [...real, ...components];
}

/** The roles that nodes have. */
export function rolesOfNodes(inventory: Inventory): ReadonlySet<Resource> {
  return new Set(nodeGroupsOf(inventory).flatMap((group) => dependenciesOf(inventory, group, "aws:iam/role:Role")));
}

/**
 * The subnets of this stack that a node group stands in, as far as its dependencies tell.
 *
 * A group that waits for a whole network waits for its public subnets, too: where the group's own list doesn't settle
 * it, those with the tag for internet-facing load balancers are taken for public ones.
 */
export function subnetsOf(inventory: Inventory, group: Resource): readonly Resource[] {
  const subnets = dependenciesOf(inventory, group, "aws:ec2/subnet:Subnet");
  const own = group.get("subnetIds");
  if (!own.isUnknown && own.list().length === subnets.length) return subnets;
  const others = subnets.filter((subnet) => !isForPublicLoadBalancers(subnet));
  return others.length > 0 ? others : subnets;
}

function isForPublicLoadBalancers(subnet: Resource): boolean {
  const tag = subnet.get("tags", "kubernetes.io/role/elb");
  return !tag.isUnknown && tag.exists;
}

/** The availability zone of a subnet, if it says one. */
export function zoneOf(subnet: Resource): string | undefined {
  return subnet.get("availabilityZone").text() ?? subnet.get("availabilityZoneId").text();
}
