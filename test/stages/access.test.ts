import assert from "node:assert/strict";
import { planned } from "./support";

describe("who reaches the Kubernetes API", () => {
  it("is nobody through the private endpoint but nodes, unless ranges are named", async () => {
    const plan = await planned();
    assert.deepEqual(
      plan
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter((rule) => plan.inputs(rule).fromPort === 443),
      [],
    );
  });

  it("is each range that is named, on 443", async () => {
    const plan = await planned({ cluster: { privateAccessCidrs: ["10.8.0.0/24", "10.64.0.0/16"] } });
    const rules = plan
      .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .map((rule) => plan.inputs(rule));
    assert.deepEqual(
      rules
        .filter(({ fromPort }) => fromPort === 443)
        .map(({ cidrIpv4, toPort, ipProtocol }) => [cidrIpv4, toPort, ipProtocol]),
      [
        ["10.64.0.0/16", 443, "tcp"],
        ["10.8.0.0/24", 443, "tcp"],
      ],
    );
  });

  it("is told in words that EC2 accepts, for every opening", async () => {
    const plan = await planned({ cluster: { privateAccessCidrs: ["10.8.0.0/24"] } });
    const descriptions = plan
      .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .map((rule) => String(plan.inputs(rule).description));
    assert.equal(descriptions.length, 4);
    for (const description of descriptions) assert.match(description, /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
  });
});

describe("the number of nodes", () => {
  const sizes = { minSize: 2, maxSize: 8 };

  it("begins where the autoscaler of somebody else takes over", async () => {
    const plan = await planned({
      cluster: { nodeGroups: { default: { ...sizes, autoscaled: true, desiredSize: 4 } } },
    });
    assert.deepEqual(plan.inputs("NodeGroup shop-default").scalingConfig, { ...sizes, desiredSize: 4 });
  });

  it("comes with the image that the stack file names", async () => {
    const plan = await planned({ cluster: { nodeGroups: { default: { releaseVersion: "1.35.4-20261105" } } } });
    assert.equal(plan.inputs("NodeGroup shop-default").releaseVersion, "1.35.4-20261105");
  });
});
