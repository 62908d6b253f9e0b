import assert from "node:assert/strict";
import { planned } from "./support";

describe("a VPC that exists", () => {
  const existing = {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    publicSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
  };

  it("gets no resources of ours", async () => {
    const plan = await planned({ network: { existing } });
    assert.deepEqual(
      [plan.children("stage:Network shop-network"), plan.ofType(/^aws:ec2\/(?!launchTemplate)/)],
      [[], []],
    );
  });

  it("holds control plane and nodes in its private subnets", async () => {
    const plan = await planned({ network: { existing } });
    const { vpcId, subnetIds } = plan.inputs("Cluster shop");
    assert.deepEqual(
      [vpcId, subnetIds, plan.inputs("NodeGroup shop-default").subnetIds],
      [existing.vpcId, existing.privateSubnetIds, existing.privateSubnetIds],
    );
  });

  it("is handed over as a created one is", async () => {
    const plan = await planned({ network: { existing } });
    assert.deepEqual(plan.at("stage:Network shop-network").outputs, existing);
  });
});
