import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { dependentsOf } from "../../facts/pulumi/dependencies";
import { nodeGroupsOf, subnetsOf, zoneOf } from "../../facts/aws/node-groups";

/** Each zone with nodes has its own way out. */
export const natZones: Rule = {
  id: "AWS-NAT-ZONES",
  severity: { production: "advisory", otherwise: "off" },
  title: "each zone with nodes has its own NAT gateway",
  why: "When the zone of the only NAT gateway fails, nodes of every other zone can't pull images or reach anything outside, either.",
  fix: "Make a NAT gateway in each zone.",
  codes: [],
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:ec2/vpc:Vpc"), (vpc) => {
      const subnets = dependentsOf(inventory, vpc, "aws:ec2/subnet:Subnet");
      const exits = subnets.filter((subnet) => gatewaysIn(subnet, inventory).some(isZonal));
      // A zone that AWS picks may be any.
      if (exits.some((subnet) => zoneOf(subnet) === undefined)) return;
      const withNodes = inventory.once(subnetsWithNodes);
      const zonesOf = (some: readonly Resource[]) =>
        [...new Set(some.flatMap((subnet) => zoneOf(subnet) ?? []))].sort();
      const [served, needed] = [zonesOf(exits), zonesOf(subnets.filter((subnet) => withNodes.has(subnet)))];
      const without = needed.filter((zone) => !served.includes(zone));
      if (served.length === 0 || without.length === 0) return;
      check.violation(vpc, {
        message: `nodes in ${without.join(" and ")} leave through a NAT gateway in ${served.join(" or ")}: when that zone fails, they can't pull images or reach anything outside.`,
        fix: 'Make a NAT gateway in each zone (network.nat: "perZone").',
      });
    }),
};

function gatewaysIn(subnet: Resource, inventory: Inventory): readonly Resource[] {
  return dependentsOf(inventory, subnet, "aws:ec2/natGateway:NatGateway");
}

/** Whether a NAT gateway lives in one zone and leads to the internet. */
function isZonal(gateway: Resource): boolean {
  return gateway.get("availabilityMode").text() !== "regional" && gateway.get("connectivityType").text() !== "private";
}

function subnetsWithNodes(inventory: Inventory): ReadonlySet<Resource> {
  return new Set(nodeGroupsOf(inventory).flatMap((group) => subnetsOf(inventory, group)));
}
