import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { PodIdentityRole } from "../../components/stages/pod-identity-role";
import { deployed, registrationOf, valueOf } from "./deployed";
import { planned } from "./support";

const policy = {
  Version: "2012-10-17" as const,
  Statement: [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: "*" }],
};

/** A role with a policy of its own and two managed ones. */
function reports() {
  return new PodIdentityRole("shop-reports", {
    clusterName: "shop",
    cluster: new aws.eks.Addon("cluster", { clusterName: "shop", addonName: "stand-in" }),
    namespace: "reports",
    serviceAccount: "writer",
    policy,
    managedPolicyArns: { read: "arn:aws:iam::aws:policy/Read", write: "arn:aws:iam::aws:policy/Write" },
  });
}

describe("PodIdentityRole", () => {
  it("is taken by one service account of one cluster, and by nobody else", async () => {
    const deployment = await deployed(reports);
    assert.deepEqual(registrationOf(deployment, "aws:iam/role:Role", "shop-reports").inputs.assumeRolePolicy, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "shop",
              "aws:RequestTag/kubernetes-namespace": "reports",
              "aws:RequestTag/kubernetes-service-account": "writer",
            },
          },
        },
      ],
    });
  });

  it("is associated with that service account", async () => {
    const deployment = await deployed(reports);
    assert.deepEqual(
      registrationOf(deployment, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "shop-reports").inputs,
      {
        clusterName: "shop",
        namespace: "reports",
        serviceAccount: "writer",
        roleArn: "arn:aws:test::123456789012:shop-reports",
        tags: { Name: "shop-reports" },
      },
    );
  });

  it("carries a policy of its own", async () => {
    const deployment = await deployed(reports);
    assert.deepEqual(registrationOf(deployment, "aws:iam/rolePolicy:RolePolicy", "shop-reports").inputs, {
      role: "shop-reports-id",
      policy,
    });
  });

  it("carries managed policies, each under a name of its own", async () => {
    const deployment = await deployed(reports);
    assert.deepEqual(
      ["read", "write"].map(
        (key) =>
          registrationOf(deployment, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", `shop-reports-${key}`).inputs,
      ),
      ["Read", "Write"].map((name) => ({ role: "shop-reports-1a2b3c4", policyArn: `arn:aws:iam::aws:policy/${name}` })),
    );
  });

  it("hands over its ARN", async () => {
    const { result } = await deployed(reports);
    assert.equal(await valueOf(result.roleArn), "arn:aws:test::123456789012:shop-reports");
  });

  it("is associated only when it has its policies, as credentials come when a pod is created", async () => {
    const plan = await planned();
    assert.deepEqual(plan.direct("PodIdentityAssociation shop-load-balancer-controller"), [
      "Role shop-load-balancer-controller",
      "RolePolicy shop-load-balancer-controller",
      "aws shop-aws",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("needs no OIDC provider", async () => {
    const plan = await planned();
    assert.deepEqual(
      [plan.ofType(/OpenIdConnectProvider/i), plan.inputs("Cluster shop").createOidcProvider],
      [[], false],
    );
  });
});
