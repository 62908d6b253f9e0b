import assert from "node:assert/strict";
import { loadBalancerControllerPolicy } from "../../../components/manifests/aws/load-balancer-controller-policy";

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const policy = loadBalancerControllerPolicy("aws", "shop");
const statements = policy.Statement as readonly Statement[];
const reading = /:(Describe|Get)/;

/** One statement, by its id. */
function statement(sid: string): Statement | undefined {
  return statements.find(({ Sid }) => Sid === sid);
}

describe("what the load balancer controller may do", () => {
  it("is only ever allowed, action by action", () => {
    for (const { Sid, Effect, Action } of statements) {
      assert.equal(Effect, "Allow", Sid);
      for (const action of Action) assert.match(action, /^(ec2|elasticloadbalancing|iam):[A-Z][A-Za-z]+$/, Sid);
    }
  });

  it("is bound to this cluster's name wherever something is changed", () => {
    const unbound = statements.filter(
      ({ Sid, Action, Condition }) =>
        Action.some((action) => !reading.test(action)) &&
        !JSON.stringify(Condition ?? {}).includes("shop") &&
        Sid !== "ServiceLinkedRole",
    );
    // A new security group has a condition of its own; the VPC that it is made in has no tag of the cluster's.
    assert.deepEqual(
      unbound.map(({ Sid }) => Sid),
      ["CreateSecurityGroupIn"],
    );
    assert.deepEqual(statement("CreateSecurityGroupIn")?.Resource, "arn:aws:ec2:*:*:vpc/*");
  });

  it("creates only what it tags with this cluster's name", () => {
    const requested = { StringEquals: { "aws:RequestTag/elbv2.k8s.aws/cluster": "shop" } };
    assert.deepEqual(statement("Create"), {
      Sid: "Create",
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: "*",
      Condition: requested,
    });
    assert.deepEqual(statement("CreateSecurityGroup")?.Condition, requested);
  });

  it("changes and deletes only what carries this cluster's name", () => {
    const owned = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "shop" } };
    for (const sid of ["Own", "OwnSecurityGroup", "CreateListener"])
      assert.deepEqual(statement(sid)?.Condition, owned, sid);
    const deleting = statements.filter(({ Action }) =>
      Action.some(
        (action) => /:(Delete|Modify|Register|Deregister|Set|Remove)/.test(action) && action !== "ec2:DeleteTags",
      ),
    );
    assert.deepEqual(
      deleting.map(({ Sid }) => Sid),
      ["OwnSecurityGroup", "Tag", "Own"],
    );
  });

  it("tags what it is just making, and what is its own without touching the owner's tag", () => {
    const owner = "elbv2.k8s.aws/cluster";
    assert.deepEqual(statement("TagNew")?.Condition, {
      StringEquals: {
        [`aws:RequestTag/${owner}`]: "shop",
        "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
      },
    });
    assert.deepEqual(statement("TagNewSecurityGroup")?.Condition, {
      StringEquals: { [`aws:RequestTag/${owner}`]: "shop", "ec2:CreateAction": "CreateSecurityGroup" },
    });
    const retag = {
      StringEquals: { [`aws:ResourceTag/${owner}`]: "shop" },
      Null: { [`aws:RequestTag/${owner}`]: "true" },
    };
    assert.deepEqual([statement("Tag")?.Condition, statement("TagSecurityGroup")?.Condition], [retag, retag]);
  });

  it("opens the cluster's own security group to the load balancer, and no other that isn't its own", () => {
    assert.deepEqual(statement("NodeRules"), {
      Sid: "NodeRules",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: "arn:aws:ec2:*:*:security-group/*",
      Condition: { StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/shop": "owned" } },
    });
  });

  it("reads everything it is told to, without condition", () => {
    const { Action = [], Resource, Condition } = statement("Describe") ?? {};
    assert.ok(Action.every((action) => reading.test(action)));
    assert.deepEqual([Resource, Condition], ["*", undefined]);
    for (const needed of [
      "ec2:DescribeSubnets",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeAvailabilityZones",
      "ec2:GetSecurityGroupsForVpc",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:DescribeListenerAttributes",
    ]) {
      assert.ok(Action.includes(needed), needed);
    }
  });

  it("makes the role of Elastic Load Balancing and of no other service", () => {
    assert.deepEqual(statement("ServiceLinkedRole")?.Condition, {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    });
  });

  it("leaves application load balancers, rules, WAF, Shield and Cognito alone", () => {
    const text = JSON.stringify(policy);
    for (const word of ["/app/", "/gwy/", "Rule", "waf", "shield", "cognito", "acm"]) {
      assert.equal(
        text.replaceAll("elasticloadbalancing:DescribeRules", "").replaceAll("NodeRules", "").includes(word),
        false,
        word,
      );
    }
  });

  it("names resources in the partition of the region", () => {
    const arns = JSON.stringify(loadBalancerControllerPolicy("aws-cn", "shop")).match(/arn:[a-z-]+:/g) ?? [];
    assert.ok(arns.length > 0);
    assert.deepEqual([...new Set(arns)], ["arn:aws-cn:"]);
  });

  it("fits into a managed policy, even for the longest cluster name", () => {
    assert.ok(JSON.stringify(loadBalancerControllerPolicy("aws-us-gov", "c".repeat(100))).length <= 6144);
  });

  it("gives each statement an id of its own, of letters and digits as IAM wants it", () => {
    const sids = statements.map(({ Sid }) => Sid);
    assert.equal(new Set(sids).size, sids.length);
    for (const sid of sids) assert.match(sid, /^[A-Za-z0-9]+$/);
  });
});
