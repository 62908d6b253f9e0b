import { groupBy, type Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { releases } from "../../facts/charts/releases";
import { gatewayReleases, istiodReleases } from "../../facts/istio/gateway-chart";

/** Security groups of nodes let through what the mesh lives on. */
export const meshPorts: Rule = {
  id: "AWS-MESH-PORTS",
  severity: "mandatory",
  title: "the nodes' security groups let the control plane and the mesh through",
  why: "Where the control plane can't reach a webhook no pod starts with a sidecar, and where nodes can't reach istiod no proxy gets its configuration.",
  fix: "Open 15017 and 9443 from the cluster's security group to the nodes, and 15012 between nodes.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/deployment/application-requirements/",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:ec2/launchTemplate:LaunchTemplate"), (template) =>
      judge(template, inventory, check),
    ),
};

interface Need {
  readonly port: number;
  readonly purpose: string;
  readonly from: string;
}

/** What must get through, by what of it the stack installs. */
function needs(inventory: Inventory): Need[] {
  const hasMesh = [...istiodReleases(inventory), ...gatewayReleases(inventory)].some(({ chart }) =>
    ["istiod", "gateway"].includes(chart),
  );
  const hasController = releases(inventory).some(({ chart }) => chart === "aws-load-balancer-controller");
  return [
    ...(hasMesh
      ? [
          { port: 15017, purpose: "istiod's webhooks", from: "the control plane" },
          { port: 15012, purpose: "istiod", from: "the nodes" },
        ]
      : []),
    ...(hasController
      ? [{ port: 9443, purpose: "the load balancer controller's webhooks", from: "the control plane" }]
      : []),
  ];
}

/**
 * Nodes without security groups of their own have the cluster's, which lets everything through among itself. With some
 * of their own they have these alone.
 */
function judge(template: Resource, inventory: Inventory, check: Check): void {
  const own = groupsOf(template);
  if (own.length === 0) return;
  const found = template.data.dependencies.flatMap((urn) => inventory.withUrn(urn) ?? []);
  const groups = found.filter(({ type }) => type === groupType);
  const hasOther = own.length > groups.length || found.some(({ type }) => clusterTypes.has(type));
  if (groups.length === 0 || hasOther) {
    check.undecided(template, "not all of its security groups are made here");
    return;
  }
  const open = groups.flatMap((group) => rulesOf(group, inventory));
  for (const { port, purpose, from } of needs(inventory)) {
    if (open.some((rule) => isOpen(rule, port) && (from === "the nodes" || !isSelf(rule, inventory)))) continue;
    check.violation(template, {
      message: `no security group of these nodes (${groups.map(({ name }) => name).join(", ")}) lets ${from} reach port ${port}, where ${purpose} listen${purpose === "istiod" ? "s" : ""}.`,
      fix:
        from === "the nodes"
          ? `Open ${port} from the group to itself, or leave the nodes in the cluster's security group.`
          : `Open ${port} from the cluster's security group, or leave the nodes in that.`,
    });
  }
}

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const clusterTypes = new Set(["eks:index:Cluster", "aws:eks/cluster:Cluster"]);

/** Security groups that a template names. Throws if nobody knows whether it does. */
function groupsOf(template: Resource): Value[] {
  const named = template.get("vpcSecurityGroupIds");
  const lists = [
    named,
    ...template
      .get("networkInterfaces")
      .list()
      .map((one) => one.get("securityGroups")),
  ];
  return lists.flatMap((list) => (list.isUnknown && template.data.dependencies.length > 0 ? [list] : list.list()));
}

/** Rules that let something into a group: its own, and those that stand beside it. */
function rulesOf(group: Resource, inventory: Inventory): Value[] {
  const beside = inventory.once(rulesByGroup).get(group.data.urn ?? "") ?? [];
  return [...group.get("ingress").list(), ...beside.map((rule) => rule.root)];
}

function rulesByGroup(inventory: Inventory): ReadonlyMap<string, readonly Resource[]> {
  const rules = [
    ...inventory.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
    ...inventory.ofType("aws:ec2/securityGroupRule:SecurityGroupRule"),
  ];
  const pairs = rules.flatMap((rule) => rule.data.dependencies.map((urn) => ({ urn, rule })));
  const grouped = groupBy(pairs, ({ urn }) => urn);
  return new Map([...grouped].map(([urn, all]) => [urn, all.map(({ rule }) => rule)]));
}

/** Whether a rule opens a port, to whomever. */
function isOpen(rule: Value, port: number): boolean {
  if (rule.get("type").text() === "egress") return false;
  const protocol = rule.get("ipProtocol").text() ?? rule.get("protocol").text() ?? "";
  if (protocol === "-1" || protocol === "all") return true;
  const [from, to] = [rule.get("fromPort").number() ?? 0, rule.get("toPort").number() ?? 65535];
  return protocol.toLowerCase() === "tcp" && from <= port && port <= to;
}

/** Whether a rule opens a port to the group's own members only, among which the control plane is not. */
function isSelf(rule: Value, inventory: Inventory): boolean {
  const others = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"];
  if (rule.get("self").boolean() === true) return others.every((key) => rule.get(key).list().length === 0);
  const referenced = rule.get("referencedSecurityGroupId");
  if (!referenced.isUnknown && !referenced.exists) return false;
  const groups = rule.resource.data.dependencies.filter((urn) => {
    const type = inventory.withUrn(urn)?.type ?? "";
    return type === groupType || clusterTypes.has(type);
  });
  return groups.length === 1;
}
