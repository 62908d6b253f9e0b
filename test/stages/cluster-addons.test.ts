import assert from "node:assert/strict";
import { addonVersions, eksVersions } from "../../components/versions";
import { planned, type Graph } from "./support";

const addons = ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "metrics-server"];

describe("ClusterAddons", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned();
  });

  it("names its children by the add-on", () => {
    assert.deepEqual(plan.children("stage:ClusterAddons shop-addons"), [
      ...addons.map((addon) => `aws:eks/addon:Addon shop-addons-${addon}`),
      "eks-istio:stage:PodIdentityRole shop-addons-ebs-csi",
    ]);
  });

  for (const addon of addons) {
    it(`takes ${addon} over from what EKS brings, and keeps what somebody set`, () => {
      const { addonVersion: _, ...inputs } = plan.inputs(`Addon shop-addons-${addon}`);
      assert.deepEqual(inputs, {
        clusterName: "shop",
        addonName: addon,
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "PRESERVE",
      });
    });

    it(`makes ${addon} wait for nodes, without which it is degraded after 20 minutes`, () => {
      assert.ok(plan.direct(`Addon shop-addons-${addon}`).includes("NodeGroup shop-default"));
    });
  }

  for (const version of eksVersions) {
    it(`pins every add-on of Kubernetes ${version}, as an open version would be another one tomorrow`, async () => {
      assert.deepEqual(await versions({ version }), { ...addonVersions[version] });
    });
  }

  for (const version of eksVersions) {
    it(`pins a kube-proxy of Kubernetes ${version}'s own minor`, () => {
      assert.match(
        addonVersions[version]?.["kube-proxy"] ?? "none",
        new RegExp(`^v${version.replace(".", "[.]")}[.]\\d+-eksbuild[.]\\d+$`),
      );
    });
  }

  it("takes a version from the stack file, and pins the others", async () => {
    assert.deepEqual(
      await versions({ addons: { coredns: "v1.99.0-eksbuild.9", "kube-proxy": "v1.99.1-eksbuild.9" } }),
      {
        ...addonVersions["1.35"],
        coredns: "v1.99.0-eksbuild.9",
        "kube-proxy": "v1.99.1-eksbuild.9",
      },
    );
  });

  it("gives the EBS CSI driver's pods a role before it starts them", () => {
    assert.deepEqual(
      plan.direct("Addon shop-addons-aws-ebs-csi-driver").filter((each) => !each.startsWith("NodeGroup")),
      ["Addon shop-addons-eks-pod-identity-agent", "PodIdentityAssociation shop-addons-ebs-csi", "aws shop-aws"],
    );
  });

  it("associates that role with the driver's own service account", () => {
    const { clusterName, namespace, serviceAccount } = plan.inputs("PodIdentityAssociation shop-addons-ebs-csi");
    assert.deepEqual(
      { clusterName, namespace, serviceAccount },
      { clusterName: "shop", namespace: "kube-system", serviceAccount: "ebs-csi-controller-sa" },
    );
  });

  it("gives that role the driver's managed policy for one cluster and nothing else", () => {
    assert.deepEqual(
      plan.children("stage:PodIdentityRole shop-addons-ebs-csi").filter((child) => child.includes("Policy")),
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment shop-addons-ebs-csi-driver"],
    );
    assert.equal(
      plan.inputs("RolePolicyAttachment shop-addons-ebs-csi-driver").policyArn,
      "arn:aws:iam::aws:policy/AmazonEBSCSIDriverEKSClusterScopedPolicy",
    );
  });

  it("gives that role the older policy in other partitions", async () => {
    const zones = ["cn-north-1a", "cn-north-1b"];
    const china = await planned({ network: { zones } }, { "aws:region": "cn-north-1" });
    assert.equal(
      china.inputs("RolePolicyAttachment shop-addons-ebs-csi-driver").policyArn,
      "arn:aws-cn:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    );
  });

  for (const version of eksVersions)
    it(`pins a driver of Kubernetes ${version} that tags volumes with their cluster, as that policy asks`, () => {
      const [major, minor] = (addonVersions[version]?.["aws-ebs-csi-driver"] ?? "v0.0").slice(1).split(".").map(Number);
      assert.ok(major === 1 && (minor ?? 0) >= 58);
    });
});

/** The version of each add-on that a cluster gets. */
async function versions(cluster: object): Promise<Record<string, unknown>> {
  const plan = await planned({ cluster });
  const { vpcCniOptions, kubeProxyAddonOptions } = plan.inputs("Cluster shop") as {
    vpcCniOptions: { addonVersion: string };
    kubeProxyAddonOptions: { version: string };
  };
  return {
    "vpc-cni": vpcCniOptions.addonVersion,
    "kube-proxy": kubeProxyAddonOptions.version,
    ...Object.fromEntries(
      plan
        .ofType("aws:eks/addon:Addon")
        .map((each) => [String(plan.inputs(each).addonName), plan.inputs(each).addonVersion]),
    ),
  };
}
