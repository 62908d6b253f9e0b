import type { PolicyDocument, PolicyStatement } from "@pulumi/aws/iam";

/** The tag that the controller gives to everything it makes; its value is the cluster's name. */
const ownerTag = "elbv2.k8s.aws/cluster";

/**
 * What the AWS Load Balancer Controller may do, for Network Load Balancers of one cluster.
 *
 * Upstream's policy asks that the owner tag be present, so that one cluster's controller may change another's load
 * balancers; this one asks for this cluster's name in it. What only an ALB, WAF, Shield or Cognito needs is left out.
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json
 */
export function loadBalancerControllerPolicy(partition: string, clusterName: string): PolicyDocument {
  const elb = (resource: string) => `arn:${partition}:elasticloadbalancing:*:*:${resource}`;
  const securityGroups = `arn:${partition}:ec2:*:*:security-group/*`;
  const requested = { [`aws:RequestTag/${ownerTag}`]: clusterName };
  const owned = { [`aws:ResourceTag/${ownerTag}`]: clusterName };
  const untouched = { [`aws:RequestTag/${ownerTag}`]: "true" };
  const [loadBalancers, targetGroups, listeners] = [
    elb("loadbalancer/net/*/*"),
    elb("targetgroup/*/*"),
    elb("listener/net/*/*/*"),
  ];

  return {
    Version: "2012-10-17",
    Statement: [
      allow("ServiceLinkedRole", ["iam:CreateServiceLinkedRole"], "*", {
        StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
      }),
      allow("Describe", describeActions, "*"),

      // The cluster's own security group, whose rules let the load balancer reach the pods. EKS tags it so.
      allow("NodeRules", ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], securityGroups, {
        StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" },
      }),

      allow("CreateSecurityGroupIn", ["ec2:CreateSecurityGroup"], `arn:${partition}:ec2:*:*:vpc/*`),
      allow("CreateSecurityGroup", ["ec2:CreateSecurityGroup"], securityGroups, { StringEquals: requested }),
      allow("TagNewSecurityGroup", ["ec2:CreateTags"], securityGroups, {
        StringEquals: { ...requested, "ec2:CreateAction": "CreateSecurityGroup" },
      }),
      allow("TagSecurityGroup", ["ec2:CreateTags", "ec2:DeleteTags"], securityGroups, {
        StringEquals: owned,
        Null: untouched,
      }),
      allow(
        "OwnSecurityGroup",
        ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress", "ec2:DeleteSecurityGroup"],
        securityGroups,
        { StringEquals: owned },
      ),

      allow("Create", ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"], "*", {
        StringEquals: requested,
      }),
      allow("CreateListener", ["elasticloadbalancing:CreateListener"], loadBalancers, { StringEquals: owned }),
      allow("TagNew", ["elasticloadbalancing:AddTags"], [loadBalancers, targetGroups, listeners], {
        StringEquals: {
          ...requested,
          "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
        },
      }),
      allow(
        "Tag",
        ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
        [loadBalancers, targetGroups, listeners],
        { StringEquals: owned, Null: untouched },
      ),
      allow("Own", ownActions, [loadBalancers, targetGroups, listeners], { StringEquals: owned }),
    ],
  };
}

function allow(
  sid: string,
  actions: string[],
  resources: string | string[],
  conditions?: PolicyStatement["Condition"],
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(conditions && { Condition: conditions }),
  };
}

/** Reading takes no resource: AWS allows these on everything or not at all. */
const describeActions = [
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:DescribeVpcs",
  "ec2:GetSecurityGroupsForVpc",
  "elasticloadbalancing:DescribeCapacityReservation",
  "elasticloadbalancing:DescribeListenerAttributes",
  "elasticloadbalancing:DescribeListenerCertificates",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeSSLPolicies",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:DescribeTrustStores",
];

/** What may be done to load balancers, target groups and listeners that carry this cluster's name. */
const ownActions = [
  "elasticloadbalancing:AddListenerCertificates",
  "elasticloadbalancing:DeleteListener",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DeleteTargetGroup",
  "elasticloadbalancing:DeregisterTargets",
  "elasticloadbalancing:ModifyCapacityReservation",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyListenerAttributes",
  "elasticloadbalancing:ModifyLoadBalancerAttributes",
  "elasticloadbalancing:ModifyTargetGroup",
  "elasticloadbalancing:ModifyTargetGroupAttributes",
  "elasticloadbalancing:RegisterTargets",
  "elasticloadbalancing:RemoveListenerCertificates",
  "elasticloadbalancing:SetIpAddressType",
  "elasticloadbalancing:SetSecurityGroups",
  "elasticloadbalancing:SetSubnets",
];
