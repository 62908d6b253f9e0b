import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";

/** All that holds rules of security groups, of whichever shape. */
export function securityGroupsOf(inventory: Inventory): readonly Resource[] {
  return types.flatMap((type) => inventory.ofType(type));
}

/** The rules in one of them: several in a group, one in a rule of its own. */
export function securityRulesOf(resource: Resource, direction: "ingress" | "egress"): readonly Value[] {
  switch (resource.type) {
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
      return direction === "ingress" ? [resource.root] : [];
    case "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":
      return direction === "egress" ? [resource.root] : [];
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return resource.get("type").text() === direction ? [resource.root] : [];
    default:
      return resource.get(direction).list();
  }
}

/** The range of a rule that is the whole internet, if one is. */
export function everywhere(rule: Value): string | undefined {
  const ranges = [
    ...rule.get("cidrBlocks").list(),
    ...rule.get("ipv6CidrBlocks").list(),
    rule.get("cidrIpv4"),
    rule.get("cidrIpv6"),
  ];
  return ranges.map((range) => range.text() ?? "").find((range) => range.endsWith("/0"));
}

/** Whether a rule is for every protocol, and so for every port. */
export function isForAll(rule: Value): boolean {
  return ["-1", "all"].includes(protocolOf(rule));
}

/** Whether a rule is for a TCP port. */
export function isForPort(rule: Value, port: number): boolean {
  if (isForAll(rule)) return true;
  const [from, to] = [rule.get("fromPort").number(), rule.get("toPort").number()];
  return (
    ["tcp", "6"].includes(protocolOf(rule)) && from !== undefined && to !== undefined && from <= port && port <= to
  );
}

function protocolOf(rule: Value): string {
  return (rule.get("ipProtocol").text() ?? rule.get("protocol").text() ?? "").toLowerCase();
}

const types = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];
