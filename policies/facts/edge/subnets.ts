import type { Inventory } from "../../engine/inventory";
import { zoneOf } from "../aws/node-groups";
import type { Balancer } from "./balancer";

/**
 * How many subnets a load balancer gets: those that it names, or one in each zone of those that are tagged for its
 * scheme. Undefined where the VPC isn't here. Throws if a tag or a zone is unknown.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
 */
export function subnetCount(balancer: Balancer, inventory: Inventory): number | undefined {
  if (balancer.has("subnets")) return balancer.list("subnets").length;
  if (inventory.ofType("aws:ec2/vpc:Vpc").length !== 1) return undefined;
  const tag = `kubernetes.io/role/${balancer.scheme === "internal" ? "internal-elb" : "elb"}`;
  const subnets = inventory.ofType("aws:ec2/subnet:Subnet").filter((subnet) => subnet.get("tags", tag).exists);
  return subnets.length > 0 ? new Set(subnets.map(zoneOf)).size : undefined;
}
