import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { deployed, registrationOf, valueOf } from "./deployed";
import { kubeconfig } from "./cloud";
import { planned, stackKeys, type Graph } from "./support";

describe("Cluster", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned();
  });

  it("names its children by what they are", () => {
    assert.deepEqual(plan.children("stage:Cluster shop"), [
      "aws:cloudwatch/logGroup:LogGroup shop-logs",
      "aws:iam/role:Role shop-nodes",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment shop-nodes-AmazonEC2ContainerRegistryPullOnly",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment shop-nodes-AmazonEKSWorkerNodePolicy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment shop-nodes-AmazonEKS_CNI_Policy",
      "aws:kms/key:Key shop-secrets",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule shop-controller-webhook",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule shop-istiod-webhook",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule shop-istiod-xds",
      "eks-istio:stage:ClusterAddons shop-addons",
      "eks-istio:stage:NodeGroup shop-default",
      "eks:index:Cluster shop",
      "kubernetes:storage.k8s.io/v1:StorageClass shop-gp3",
      "pulumi:providers:kubernetes shop-kubernetes",
    ]);
  });

  it("asks EKS for exactly this control plane", () => {
    const overwrite = { resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "OVERWRITE" };
    assert.deepEqual(plan.inputs("Cluster shop"), {
      name: "shop",
      version: "1.35",
      vpcId: "[unknown]",
      subnetIds: "[unknown]",
      authenticationMode: "API",
      accessEntries: {},
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfigKeyArn: "[unknown]",
      deletionProtection: false,
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      createOidcProvider: false,
      vpcCniOptions: { addonVersion: "v1.23.1-eksbuild.1", ...overwrite },
      kubeProxyAddonOptions: { version: "v1.35.3-eksbuild.29", ...overwrite },
      corednsAddonOptions: { enabled: false, ...overwrite },
    });
  });

  it("opens the API to the addresses that the stack names, and to no others", async () => {
    const open = await planned({ cluster: { publicAccessCidrs: ["203.0.113.0/24"] } });
    const { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs } = open.inputs("Cluster shop");
    assert.deepEqual(
      { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs },
      { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
    );
  });

  it("puts the control plane into the private subnets alone", async () => {
    const deployment = await deployed(() => platform());
    assert.deepEqual(registrationOf(deployment, "eks:index:Cluster", "shop").inputs.subnetIds, [
      "shop-network-private-ap-northeast-2a-id",
      "shop-network-private-ap-northeast-2b-id",
      "shop-network-private-ap-northeast-2c-id",
    ]);
  });

  it("protects the control plane from deletion where it is asked to", async () => {
    const careful = await planned({ cluster: { deletionProtection: true } });
    assert.equal(careful.inputs("Cluster shop").deletionProtection, true);
  });

  it("makes the log group that EKS would make by itself and keep for ever", () => {
    assert.deepEqual(plan.inputs("LogGroup shop-logs"), { name: "/aws/eks/shop/cluster", retentionInDays: 90 });
  });

  it("makes the log group before EKS can", () => {
    assert.ok(plan.direct("Cluster shop").includes("LogGroup shop-logs"));
  });

  it("encrypts secrets with a key of its own that rotates", async () => {
    const deployment = await deployed(() => platform());
    const { enableKeyRotation } = registrationOf(deployment, "aws:kms/key:Key", "shop-secrets").inputs;
    const { encryptionConfigKeyArn } = registrationOf(deployment, "eks:index:Cluster", "shop").inputs;
    assert.deepEqual([enableKeyRotation, encryptionConfigKeyArn], [true, "arn:aws:test::123456789012:shop-secrets"]);
  });

  it("encrypts secrets with the key that the stack names, and makes none", async () => {
    const secretsKeyArn = "arn:aws:kms:ap-northeast-2:123456789012:key/0f1e2d3c";
    const own = await planned({ cluster: { secretsKeyArn } });
    assert.deepEqual(
      [own.inputs("Cluster shop").encryptionConfigKeyArn, own.ofType("aws:kms/key:Key")],
      [secretsKeyArn, []],
    );
  });

  it("hands its AWS provider to @pulumi/eks, which would fall to a default one", async () => {
    const deployment = await deployed(() => platform());
    const { providers } = registrationOf(deployment, "eks:index:Cluster", "shop");
    assert.match(providers.aws ?? "none", /pulumi:providers:aws::shop-aws::/);
  });
});

describe("Cluster's access", () => {
  const entry = (principalArn: string, policy: string, accessScope: object) => ({
    principalArn,
    accessPolicies: { [policy]: { policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`, accessScope } },
  });

  it("makes an access entry for each admin, over the whole cluster", async () => {
    const plan = await planned({ cluster: { admins: { platform: "arn:aws:iam::123456789012:role/platform" } } });
    assert.deepEqual(plan.inputs("Cluster shop").accessEntries, {
      platform: entry("arn:aws:iam::123456789012:role/platform", "AmazonEKSClusterAdminPolicy", { type: "cluster" }),
    });
  });

  it("keeps an entry with namespaces to those", async () => {
    const plan = await planned({
      cluster: {
        access: {
          web: {
            principalArn: "arn:aws:iam::123456789012:role/web",
            policy: "AmazonEKSEditPolicy",
            namespaces: ["web"],
          },
        },
      },
    });
    assert.deepEqual(plan.inputs("Cluster shop").accessEntries, {
      web: entry("arn:aws:iam::123456789012:role/web", "AmazonEKSEditPolicy", {
        type: "namespace",
        namespaces: ["web"],
      }),
    });
  });

  it("makes no entry for the deployer, whom EKS makes an admin by itself", async () => {
    const plan = await planned({ cluster: { deployer: "arn:aws:iam::123456789012:role/deployer" } });
    assert.deepEqual(plan.inputs("Cluster shop").accessEntries, {});
  });

  it("knows the cluster by a name that is there before the cluster is", async () => {
    const plan = await planned();
    assert.deepEqual(plan.inputs("kubernetes shop-kubernetes"), {
      clusterIdentifier: "ap-northeast-2/shop",
      kubeconfig: "[secret]",
    });
  });

  it("gives a kubeconfig that is a secret", async () => {
    const { result } = await deployed(() => platform());
    assert.deepEqual([await pulumi.isSecret(result.kubeconfig), await valueOf(result.kubeconfig)], [true, kubeconfig]);
  });
});

describe("Cluster's ports", () => {
  for (const [name, port] of [
    ["istiod-webhook", 15017],
    ["controller-webhook", 9443],
    ["istiod-xds", 15012],
  ] as const) {
    it(`opens ${port} within the cluster's own security group, and from nowhere else`, async () => {
      const deployment = await deployed(() => platform());
      const { description: _, ...rule } = registrationOf(
        deployment,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        `shop-${name}`,
      ).inputs;
      assert.deepEqual(rule, {
        securityGroupId: "sg-0cluster",
        referencedSecurityGroupId: "sg-0cluster",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    });
  }
});

describe("Cluster's storage", () => {
  it("has one default storage class, which encrypts", async () => {
    const plan = await planned();
    const { kind, metadata, provisioner, parameters } = plan.inputs("StorageClass shop-gp3");
    assert.deepEqual(
      { kind, metadata, provisioner, parameters },
      {
        kind: "StorageClass",
        metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: "gp3", encrypted: "true" },
      },
    );
  });
});

function platform(): Platform {
  return new Platform("shop", { settings: settingsOf(stackKeys()) });
}

describe("the VPC CNI's permissions", () => {
  const nodePolicy = "RolePolicyAttachment shop-nodes-AmazonEKS_CNI_Policy";
  const own = ["Addon shop-addons-eks-pod-identity-agent", "PodIdentityAssociation shop-cni"];

  it("are the nodes' alone where the stack file says nothing", async () => {
    const plan = await planned();
    assert.deepEqual(
      [plan.ofType(/podIdentityAssociation/), plan.direct(nodeGroup).includes(nodePolicy)],
      [["PodIdentityAssociation shop-addons-ebs-csi", "PodIdentityAssociation shop-load-balancer-controller"], true],
    );
  });

  for (const [cniPermissions, ofNodes] of [
    ["both", true],
    ["podIdentity", false],
  ] as const) {
    it(`are ${ofNodes ? "also" : "only"} those of its own pods with ${cniPermissions}`, async () => {
      const plan = await planned({ cluster: { cniPermissions } });
      const { namespace, serviceAccount } = plan.inputs("PodIdentityAssociation shop-cni");
      assert.deepEqual(
        [namespace, serviceAccount, plan.inputs("RolePolicyAttachment shop-cni-cni").policyArn],
        ["kube-system", "aws-node", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
      );
      assert.equal(plan.ofType(/rolePolicyAttachment/).includes(nodePolicy), ofNodes);
    });

    it(`are there before the first node with ${cniPermissions}, and so is the agent that hands them out`, async () => {
      const plan = await planned({ cluster: { cniPermissions } });
      const before = plan.direct(nodeGroup);
      assert.deepEqual(
        own.filter((each) => !before.includes(each)),
        [],
      );
      assert.deepEqual(plan.direct("Addon shop-addons-eks-pod-identity-agent"), ["Cluster shop", "aws shop-aws"]);
    });
  }
});

const nodeGroup = "NodeGroup shop-default";
