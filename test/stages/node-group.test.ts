import assert from "node:assert/strict";
import { NodeGroup } from "../../components/stages/node-group";
import { deployed, registrationOf } from "./deployed";
import { planned, type Graph } from "./support";

describe("NodeGroup", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned({
      cluster: {
        nodeGroups: {
          default: {},
          batch: {
            instanceTypes: ["m7g.xlarge", "m6g.xlarge"],
            capacityType: "SPOT",
            minSize: 0,
            maxSize: 9,
            desiredSize: 2,
            diskSize: 200,
            labels: { pool: "batch" },
            taints: [{ key: "pool", value: "batch", effect: "NO_SCHEDULE" }],
          },
        },
      },
      tags: { team: "platform" },
    });
  });

  it("has two children of the same name: the group and its launch template", () => {
    assert.deepEqual(plan.children("stage:NodeGroup shop-batch"), [
      "aws:ec2/launchTemplate:LaunchTemplate shop-batch",
      "aws:eks/nodeGroup:NodeGroup shop-batch",
    ]);
  });

  it("is as the stack file says", () => {
    assert.deepEqual(plan.inputs("NodeGroup shop-batch"), {
      clusterName: "shop",
      version: "1.35",
      nodeRoleArn: "[unknown]",
      subnetIds: "[unknown]",
      instanceTypes: ["m7g.xlarge", "m6g.xlarge"],
      amiType: "AL2023_ARM_64_STANDARD",
      capacityType: "SPOT",
      scalingConfig: { minSize: 0, maxSize: 9, desiredSize: 2 },
      updateConfig: { maxUnavailablePercentage: 33 },
      launchTemplate: { id: "[unknown]", version: "[unknown]" },
      labels: { pool: "batch" },
      taints: [{ key: "pool", value: "batch", effect: "NO_SCHEDULE" }],
      tags: { Name: "shop-batch" },
    });
  });

  it("starts with its smallest size where the stack names none", () => {
    assert.deepEqual(plan.inputs("NodeGroup shop-default").scalingConfig, { minSize: 3, maxSize: 6, desiredSize: 3 });
  });

  it("takes the image of its instance types' architecture", () => {
    assert.deepEqual(
      [plan.inputs("NodeGroup shop-default").amiType, plan.inputs("NodeGroup shop-batch").amiType],
      ["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"],
    );
  });

  it("keeps the node's role from pods: tokens are required and go one hop far", () => {
    assert.deepEqual(plan.inputs("LaunchTemplate shop-default").metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("encrypts the root volume, which is gp3 and goes with its node", () => {
    assert.deepEqual(plan.inputs("LaunchTemplate shop-batch").blockDeviceMappings, [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeSize: 200, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ]);
  });

  it("leaves image, user data, security groups and key to EKS, which would refuse the mix", () => {
    assert.deepEqual(Object.keys(plan.inputs("LaunchTemplate shop-default")).sort(), [
      "blockDeviceMappings",
      "metadataOptions",
      "tagSpecifications",
      "tags",
      "updateDefaultVersion",
    ]);
  });

  it("leaves disk, SSH and instance role to the template", () => {
    const inputs = Object.keys(plan.inputs("NodeGroup shop-default"));
    assert.deepEqual(
      inputs.filter((key) => ["diskSize", "remoteAccess", "nodeGroupName"].includes(key)),
      [],
    );
  });

  it("tags what a provider's default tags do not reach", () => {
    const tags = { Name: "shop-default", team: "platform" };
    assert.deepEqual(plan.inputs("LaunchTemplate shop-default").tagSpecifications, [
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
      { resourceType: "network-interface", tags },
    ]);
  });

  it("takes the template's newest version, as the string that EKS wants", async () => {
    const deployment = await deployed(() => group());
    assert.deepEqual(registrationOf(deployment, "aws:eks/nodeGroup:NodeGroup", "shop-web").inputs.launchTemplate, {
      id: "shop-web-id",
      version: "3",
    });
  });

  it("makes the new group before it drains the old one", async () => {
    const deployment = await deployed(() => group());
    assert.equal(registrationOf(deployment, "aws:eks/nodeGroup:NodeGroup", "shop-web").deleteBeforeReplace, false);
  });

  it("stands in the private subnets, with a role that may pull images, join and run the CNI", () => {
    assert.deepEqual(
      plan.direct("NodeGroup shop-default").filter((each) => /^(Subnet|RolePolicyAttachment|Role) /.test(each)),
      [
        "Role shop-nodes",
        "RolePolicyAttachment shop-nodes-AmazonEC2ContainerRegistryPullOnly",
        "RolePolicyAttachment shop-nodes-AmazonEKSWorkerNodePolicy",
        "RolePolicyAttachment shop-nodes-AmazonEKS_CNI_Policy",
        "Subnet shop-network-private-ap-northeast-2a",
        "Subnet shop-network-private-ap-northeast-2b",
        "Subnet shop-network-private-ap-northeast-2c",
      ],
    );
  });

  it("has a role that EC2 alone may take, with three managed policies", () => {
    const policies = plan
      .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter((each) => each.includes("shop-nodes"))
      .map((each) => plan.inputs(each).policyArn);
    assert.deepEqual(
      [plan.inputs("Role shop-nodes").assumeRolePolicy, policies],
      [
        {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        [
          "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
          "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
          "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
        ],
      ],
    );
  });
});

function group(): NodeGroup {
  const nodeGroup = {
    instanceTypes: ["m6i.large"],
    capacityType: "ON_DEMAND" as const,
    minSize: 1,
    maxSize: 2,
    diskSize: 50,
    labels: {},
    taints: [],
    autoscaled: false,
  };
  return new NodeGroup("shop-web", {
    clusterName: "shop",
    version: "1.35",
    nodeGroup,
    subnetIds: ["subnet-1"],
    roleArn: "arn:aws:iam::123456789012:role/nodes",
    after: [],
  });
}
