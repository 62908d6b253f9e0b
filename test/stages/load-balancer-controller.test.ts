import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { deployed, registrationOf } from "./deployed";
import { planned, stackKeys, type Graph } from "./support";

const release = "Release shop-load-balancer-controller";

describe("LoadBalancerController", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned({ tags: { team: "platform" } });
  });

  it("has a role and a release", () => {
    assert.deepEqual(plan.children("stage:LoadBalancerController shop-load-balancer-controller"), [
      "eks-istio:stage:PodIdentityRole shop-load-balancer-controller",
      "kubernetes:helm.sh/v3:Release shop-load-balancer-controller",
    ]);
  });

  it("installs the pinned chart under a name of its own", () => {
    const { values: _, ...inputs } = plan.inputs(release);
    assert.deepEqual(inputs, {
      name: "aws-load-balancer-controller",
      namespace: "kube-system",
      chart: "aws-load-balancer-controller",
      version: "3.6.0",
      repositoryOpts: { repo: "https://aws.github.io/eks-charts" },
      timeout: 600,
      cleanupOnFail: true,
      maxHistory: 5,
      compat: "true",
    });
  });

  it("is told region and VPC, which a hop limit of 1 keeps it from asking for", async () => {
    const deployment = await deployed(() => new Platform("shop", { settings: settingsOf(stackKeys()) }));
    const { region, vpcId } = registrationOf(
      deployment,
      "kubernetes:helm.sh/v3:Release",
      "shop-load-balancer-controller",
    ).inputs.values as Record<string, unknown>;
    assert.deepEqual({ region, vpcId }, { region: "ap-northeast-2", vpcId: "shop-network-vpc-id" });
  });

  it("leaves one value unknown on a first preview, and all others known", () => {
    const values = Object.entries(plan.inputs(release).values as Record<string, unknown>);
    assert.deepEqual(
      values.filter(([, value]) => value === "[unknown]").map(([key]) => key),
      ["vpcId"],
    );
  });

  it("tags what it makes as the stack's other resources are", () => {
    assert.deepEqual((plan.inputs(release).values as Record<string, unknown>).defaultTags, { team: "platform" });
  });

  it("runs as the service account that its role is associated with", () => {
    const { namespace, serviceAccount } = plan.inputs("PodIdentityAssociation shop-load-balancer-controller");
    const { values, namespace: releaseNamespace } = plan.inputs(release) as {
      values: { serviceAccount: object };
      namespace: string;
    };
    assert.deepEqual([namespace, values.serviceAccount], [releaseNamespace, { create: true, name: serviceAccount }]);
  });

  it("may change what carries this cluster's tag", () => {
    const { policy } = plan.inputs("RolePolicy shop-load-balancer-controller") as {
      policy: { Statement: readonly { Sid: string; Condition?: object }[] };
    };
    assert.deepEqual(policy.Statement.find(({ Sid }) => Sid === "CreateListener")?.Condition, {
      StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "shop" },
    });
  });

  it("has a policy that fits into a role, which holds 10,240 characters of them", () => {
    const { policy } = plan.inputs("RolePolicy shop-load-balancer-controller");
    assert.ok(JSON.stringify(policy).length <= 10_240);
  });

  it("waits for all that it would restart without: nodes, names and credentials", () => {
    assert.deepEqual(plan.direct(release), [
      "Addon shop-addons-coredns",
      "Addon shop-addons-eks-pod-identity-agent",
      "NodeGroup shop-default",
      "PodIdentityAssociation shop-load-balancer-controller",
      "Vpc shop-network-vpc",
      "kubernetes shop-kubernetes",
    ]);
  });
});
