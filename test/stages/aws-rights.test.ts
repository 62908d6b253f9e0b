import assert from "node:assert/strict";
import { awsRightsName } from "../../components/stages/aws-rights";
import { planned } from "./support";

const image = "registry.example.com/checkout:1.4.2";
const account = "arn:aws:iam::123456789012:policy/shop/checkout";
const aws = {
  policies: [account, "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
  statements: [
    {
      actions: ["dynamodb:GetItem"],
      resources: ["arn:aws:dynamodb:*:*:table/carts"],
      conditions: { StringEquals: { "aws:ResourceTag/team": "shop" } },
    },
  ],
};
const checkout = { namespace: "pay", port: 8080, aws, workload: { image } };

const role = "stage:PodIdentityRole shop-aws-pay.checkout";
const association = "PodIdentityAssociation shop-aws-pay.checkout";
const deployment = "Deployment shop-app-checkout-v1";

describe("an application's rights in AWS", () => {
  it("are a role, its policies, and an association for its ServiceAccount", async () => {
    const plan = await planned({ apps: { checkout } });
    assert.deepEqual(plan.children(role), [
      "aws:eks/podIdentityAssociation:PodIdentityAssociation shop-aws-pay.checkout",
      "aws:iam/role:Role shop-aws-pay.checkout",
      "aws:iam/rolePolicy:RolePolicy shop-aws-pay.checkout",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment shop-aws-pay.checkout-123456789012-policy/shop/checkout",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment shop-aws-pay.checkout-aws-policy/AmazonS3ReadOnlyAccess",
    ]);
    const { clusterName, namespace, serviceAccount } = plan.inputs(association);
    assert.deepEqual([clusterName, namespace, serviceAccount], ["shop", "pay", "checkout"]);
    assert.deepEqual(plan.inputs("RolePolicy shop-aws-pay.checkout").policy, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["dynamodb:GetItem"],
          Resource: ["arn:aws:dynamodb:*:*:table/carts"],
          Condition: { StringEquals: { "aws:ResourceTag/team": "shop" } },
        },
      ],
    });
  });

  it("have no policy of their own without statements", async () => {
    const plan = await planned({ apps: { checkout: { ...checkout, aws: { policies: [account] } } } });
    assert.deepEqual(
      plan.children(role).filter((child) => child.startsWith("aws:iam/rolePolicy:")),
      [],
    );
  });

  it("are there before pods, which get credentials when they are created, and the agent is, too", async () => {
    const before = (await planned({ apps: { checkout } })).before(deployment);
    assert.deepEqual(
      [association, "Addon shop-addons-eks-pod-identity-agent"].filter((each) => !before.includes(each)),
      [],
    );
  });

  it("hold up no pods of others, and neither Services nor rules", async () => {
    const plan = await planned({ apps: { checkout, stock: { namespace: "pay", port: 80, workload: { image } } } });
    assert.deepEqual(plan.after(association), [deployment]);
  });

  it("wait for no workload where others deploy the pods, whose ServiceAccount has the name that is given", async () => {
    const plan = await planned({
      apps: { checkout: { namespace: "pay", port: 8080, serviceAccount: "payer", aws } },
    });
    assert.equal(plan.inputs("PodIdentityAssociation shop-aws-pay.payer").serviceAccount, "payer");
  });

  it("are one role for two applications with one ServiceAccount", async () => {
    const shared = { namespace: "pay", port: 8080, serviceAccount: "payer", aws };
    const plan = await planned({ apps: { checkout: shared, refunds: shared } });
    assert.deepEqual(
      plan.ofType("eks-istio:stage:PodIdentityRole").filter((each) => each.includes("-aws-pay.")),
      ["stage:PodIdentityRole shop-aws-pay.payer"],
    );
  });

  it("create pods anew that run without them", async () => {
    const annotations = async (app: object) => {
      const { spec } = (await planned({ apps: { checkout: app } })).inputs(deployment) as {
        spec: { template: { metadata: { annotations?: object } } };
      };
      return spec.template.metadata.annotations;
    };
    assert.deepEqual(
      [await annotations(checkout), await annotations({ ...checkout, aws: undefined })],
      [{ "eks-istio/credentials": "pod-identity" }, undefined],
    );
  });

  it("are reached where sidecars let out only what they know", async () => {
    const plan = await planned({
      mesh: { outboundTrafficPolicy: "REGISTRY_ONLY" },
      apps: { checkout: { ...checkout, calls: [] } },
    });
    assert.deepEqual(plan.children("stage:External shop-external"), [
      "kubernetes:networking.istio.io/v1:ServiceEntry shop-external-aws.credentials",
      "kubernetes:networking.istio.io/v1:ServiceEntry shop-external-aws.endpoints-wildcard",
    ]);
    assert.deepEqual(plan.inputs("Sidecar shop-app-checkout-sidecar").spec, {
      workloadSelector: { labels: { app: "checkout" } },
      egress: [
        {
          hosts: [
            "istio-system/pod-identity.eks.internal",
            "istio-system/*.ap-northeast-2.amazonaws.com",
            "istio-system/*.ap-northeast-2.api.aws",
            "pay/checkout.pay.svc.cluster.local",
            "istio-system/istiod.istio-system.svc.cluster.local",
          ],
        },
      ],
    });
  });
});

describe("the name of an application's role", () => {
  it("tells namespace and ServiceAccount apart", () => {
    assert.notEqual(awsRightsName("shop", "a-b", "c"), awsRightsName("shop", "a", "b-c"));
  });

  it("leaves room for what Pulumi adds, and still tells long names apart", () => {
    const names = ["a", "b"].map((end) => awsRightsName("s".repeat(31), "n".repeat(63), `${"a".repeat(62)}${end}`));
    assert.deepEqual(
      names.map((name) => name.length),
      [56, 56],
    );
    assert.equal(new Set(names).size, 2);
  });

  it("is whole as long as it fits, and never changes", () => {
    assert.equal(awsRightsName("shop", "pay", "s".repeat(43)), `shop-aws-pay.${"s".repeat(43)}`);
    assert.equal(
      awsRightsName("shop", "pay", "s".repeat(44)),
      "shop-aws-pay.ssssssssssssssssssssssssssssssssss-4b4dfe06",
    );
  });
});
