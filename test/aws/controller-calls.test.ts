import assert from "node:assert/strict";
import { loadBalancerControllerPolicy } from "../../components/manifests/aws/load-balancer-controller-policy";
import type { Statement } from "./stacks";

type Tags = Readonly<Record<string, string>>;

/** A call to AWS, as IAM sees it: once for each resource that it touches. */
interface Call {
  readonly action: string;
  /** ARNs; `*` for a call that takes none. */
  readonly resources: readonly string[];
  /** Tags of those resources. */
  readonly has?: Tags;
  /** Tags in the request. */
  readonly sets?: Tags;
  /** Further keys of the context, e.g. `ec2:CreateAction`. */
  readonly context?: Tags;
}

const here = "ap-northeast-2:123456789012";
const arns = {
  vpc: `arn:aws:ec2:${here}:vpc/vpc-0a`,
  ownGroup: `arn:aws:ec2:${here}:security-group/sg-0a`,
  nodeGroup: `arn:aws:ec2:${here}:security-group/sg-0b`,
  loadBalancer: `arn:aws:elasticloadbalancing:${here}:loadbalancer/net/k8s-istio-gateway/0a1b`,
  targetGroup: `arn:aws:elasticloadbalancing:${here}:targetgroup/k8s-istio-gateway/2c3d`,
  listener: `arn:aws:elasticloadbalancing:${here}:listener/net/k8s-istio-gateway/0a1b/4e5f`,
};
const owned: Tags = { "elbv2.k8s.aws/cluster": "shop", "service.k8s.aws/stack": "istio-ingress/gateway" };
const ofCluster: Tags = { "kubernetes.io/cluster/shop": "owned" };
const more: Tags = { team: "platform" };

const elb = (action: string, ...resources: readonly (keyof typeof arns)[]): Call => ({
  action: `elasticloadbalancing:${action}`,
  resources: resources.map((name) => arns[name]),
  has: owned,
});
const read = (action: string): Call => ({ action, resources: ["*"] });
const tagNew = (createAction: string, resource: keyof typeof arns): Call => ({
  action: "elasticloadbalancing:AddTags",
  resources: [arns[resource]],
  sets: owned,
  context: { "elasticloadbalancing:CreateAction": createAction },
});
const group = (action: string, resource: "ownGroup" | "nodeGroup", has: Tags): Call => ({
  action: `ec2:${action}`,
  resources: [arns[resource]],
  has,
});

/**
 * What the controller asks AWS for, from a Service's first reconciliation to its end.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/main/pkg/deploy
 */
const life: Readonly<Record<string, readonly Call[]>> = {
  "finding where it is": [
    ...["AccountAttributes", "Addresses", "AvailabilityZones", "Instances", "InternetGateways"].map((what) =>
      read(`ec2:Describe${what}`),
    ),
    ...["NetworkInterfaces", "RouteTables", "SecurityGroups", "Subnets", "Tags", "VpcPeeringConnections", "Vpcs"].map(
      (what) => read(`ec2:Describe${what}`),
    ),
    read("ec2:GetSecurityGroupsForVpc"),
    ...["CapacityReservation", "ListenerAttributes", "ListenerCertificates", "Listeners", "LoadBalancerAttributes"].map(
      (what) => read(`elasticloadbalancing:Describe${what}`),
    ),
    ...["LoadBalancers", "Rules", "SSLPolicies", "Tags", "TargetGroupAttributes", "TargetGroups", "TargetHealth"].map(
      (what) => read(`elasticloadbalancing:Describe${what}`),
    ),
    {
      action: "iam:CreateServiceLinkedRole",
      resources: [
        "arn:aws:iam::123456789012:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
      ],
      context: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    },
  ],
  "making its security group": [
    { action: "ec2:CreateSecurityGroup", resources: [arns.vpc] },
    { action: "ec2:CreateSecurityGroup", resources: [arns.ownGroup], sets: owned },
    {
      action: "ec2:CreateTags",
      resources: [arns.ownGroup],
      sets: owned,
      context: { "ec2:CreateAction": "CreateSecurityGroup" },
    },
    group("AuthorizeSecurityGroupIngress", "ownGroup", owned),
    group("AuthorizeSecurityGroupIngress", "nodeGroup", ofCluster),
  ],
  "making the load balancer": [
    { ...elb("CreateTargetGroup", "targetGroup"), has: {}, sets: owned },
    tagNew("CreateTargetGroup", "targetGroup"),
    elb("ModifyTargetGroupAttributes", "targetGroup"),
    { ...elb("CreateLoadBalancer", "loadBalancer"), has: {}, sets: owned },
    tagNew("CreateLoadBalancer", "loadBalancer"),
    elb("ModifyLoadBalancerAttributes", "loadBalancer"),
    { ...elb("CreateListener", "loadBalancer"), sets: owned },
    tagNew("CreateListener", "listener"),
    elb("AddListenerCertificates", "listener"),
    elb("ModifyListenerAttributes", "listener"),
    elb("RegisterTargets", "targetGroup"),
  ],
  "changing it": [
    elb("ModifyListener", "listener"),
    elb("ModifyTargetGroup", "targetGroup"),
    elb("ModifyTargetGroupAttributes", "targetGroup"),
    elb("ModifyLoadBalancerAttributes", "loadBalancer"),
    elb("ModifyCapacityReservation", "loadBalancer"),
    elb("SetSecurityGroups", "loadBalancer"),
    elb("SetSubnets", "loadBalancer"),
    elb("SetIpAddressType", "loadBalancer"),
    elb("RemoveListenerCertificates", "listener"),
    ...(["loadBalancer", "targetGroup", "listener"] as const).map((name) => ({ ...elb("AddTags", name), sets: more })),
    { ...elb("RemoveTags", "loadBalancer") },
    { ...group("CreateTags", "ownGroup", owned), sets: more },
    group("DeleteTags", "ownGroup", owned),
    group("RevokeSecurityGroupIngress", "ownGroup", owned),
  ],
  "deleting it": [
    elb("DeregisterTargets", "targetGroup"),
    elb("DeleteListener", "listener"),
    elb("DeleteLoadBalancer", "loadBalancer"),
    elb("DeleteTargetGroup", "targetGroup"),
    group("RevokeSecurityGroupIngress", "nodeGroup", ofCluster),
    group("DeleteSecurityGroup", "ownGroup", owned),
  ],
};

const statements = loadBalancerControllerPolicy("aws", "shop").Statement as readonly Statement[];
const list = (value: string | readonly string[] = []) => [value].flat();

/** Whether IAM lets a call through: for each of its resources some statement allows it, as none denies. */
function isAllowed({ action, resources, ...context }: Call): boolean {
  return resources.every((resource) =>
    statements.some(
      (statement) =>
        list(statement.Action).includes(action) &&
        list(statement.Resource).some((pattern) => like(resource, pattern)) &&
        holds(statement.Condition, context),
    ),
  );
}

function like(text: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);
}

/** All operators, and all keys of each, must hold; one of a key's values is enough. */
function holds(
  condition: Statement["Condition"] = {},
  { has = {}, sets = {}, context = {} }: Omit<Call, "action" | "resources">,
) {
  const valueOf = (key: string) => {
    const [, from, tag] = /^aws:(Resource|Request)Tag\/(.*)$/.exec(key) ?? [];
    return tag === undefined ? context[key] : (from === "Resource" ? has : sets)[tag];
  };
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => {
      const value = valueOf(key);
      if (operator === "StringEquals") return value !== undefined && list(expected).includes(value);
      if (operator === "Null") return (value === undefined) === (expected === "true");
      throw new Error(`The test can't evaluate ${operator}.`);
    }),
  );
}

describe("the load balancer controller's calls", () => {
  for (const [when, calls] of Object.entries(life))
    it(`are all allowed, when ${when}`, () => {
      assert.deepEqual(
        calls.filter((call) => !isAllowed(call)),
        [],
      );
    });

  it("are about sixty, in a load balancer's whole life", () => {
    assert.ok(Object.values(life).flat().length >= 58);
  });

  const others: Tags = { "elbv2.k8s.aws/cluster": "other" };
  const refused: Readonly<Record<string, Call>> = {
    "for another cluster's load balancer": { ...elb("DeleteLoadBalancer", "loadBalancer"), has: others },
    "for a load balancer of nobody's": { ...elb("DeleteLoadBalancer", "loadBalancer"), has: {} },
    "for one that it would make without a tag": { ...elb("CreateLoadBalancer", "loadBalancer"), has: {} },
    "for one that it would make in another's name": { ...elb("CreateTargetGroup", "targetGroup"), sets: others },
    "to take somebody's load balancer over": { ...elb("AddTags", "loadBalancer"), has: {}, sets: owned },
    "to give its own away": { ...elb("AddTags", "loadBalancer"), sets: others },
    "for anybody's security group": group("AuthorizeSecurityGroupIngress", "nodeGroup", {}),
    "for an application load balancer": {
      ...elb("DeleteLoadBalancer"),
      resources: [arns.loadBalancer.replace("/net/", "/app/")],
    },
    "for another service's role": {
      action: "iam:CreateServiceLinkedRole",
      resources: ["*"],
      context: { "iam:AWSServiceName": "eks.amazonaws.com" },
    },
  };
  for (const [which, call] of Object.entries(refused))
    it(`are refused ${which}`, () => {
      assert.equal(isAllowed(call), false);
    });
});
