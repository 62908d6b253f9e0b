import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { record, secret, unknown } from "../../../cli/plan/record";
import { stackConfig } from "../../stack";

describe("recording a program", () => {
  it("says who is a resource's parent, what it waits for, whether it is deleted before it is replaced, and what is unknown or secret", async () => {
    const resources = await record(stackConfig(), () => {
      const provider = new aws.Provider("aws", { region: "eu-west-1" });
      const component = new pulumi.ComponentResource("test:index:Component", "parent");
      const vpc = new aws.ec2.Vpc(
        "vpc",
        { cidrBlock: "10.0.0.0/16", tags: { password: pulumi.secret("hidden") } },
        { parent: component, provider },
      );
      new aws.ec2.Subnet(
        "subnet",
        { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" },
        { parent: component, provider, deleteBeforeReplace: true },
      );
    });
    const component = "urn:pulumi:dev::eks-istio::test:index:Component::parent";
    const vpc = "urn:pulumi:dev::eks-istio::test:index:Component$aws:ec2/vpc:Vpc::vpc";
    const pick = resources.slice(-2).map(({ name, parent, inputs, dependencies, deleteBeforeReplace }) => ({
      name,
      parent,
      inputs,
      dependencies,
      deleteBeforeReplace,
    }));
    assert.deepEqual(pick, [
      {
        name: "vpc",
        parent: component,
        inputs: { cidrBlock: "10.0.0.0/16", tags: { password: secret } },
        dependencies: [],
        deleteBeforeReplace: undefined,
      },
      {
        name: "subnet",
        parent: component,
        inputs: { cidrBlock: "10.0.0.0/24", vpcId: unknown },
        dependencies: [vpc],
        deleteBeforeReplace: true,
      },
    ]);
  });

  it("knows no more of a function's results than of a resource's", async () => {
    const resources = await record(stackConfig(), () => {
      const provider = new aws.Provider("aws", { region: "eu-west-1" });
      const zone = aws.route53.getZoneOutput({ name: "example.com" }, { provider });
      new aws.route53.Record(
        "record",
        { zoneId: zone.zoneId, name: "a", type: "A", ttl: 60, records: ["192.0.2.1"] },
        { provider },
      );
    });
    assert.equal(resources.at(-1)?.inputs.zoneId, unknown);
  });

  it("refuses two resources of one identity, as the engine would", async () => {
    await assert.rejects(
      record(stackConfig(), () => {
        for (const cidrBlock of ["10.0.0.0/16", "10.1.0.0/16"]) new aws.ec2.Vpc("vpc", { cidrBlock });
      }),
      /registers more than one resource as urn:pulumi:dev::eks-istio::aws:ec2\/vpc:Vpc::vpc/,
    );
  });

  it("doesn't guess what a function returns that it doesn't know", async () => {
    await assert.rejects(
      record(stackConfig(), () =>
        aws.getCallerIdentity({}, { provider: new aws.Provider("aws", { region: "eu-west-1" }) }),
      ),
      /calls aws:index\/getCallerIdentity:getCallerIdentity, and record\.ts doesn't say what that returns/,
    );
  });

  it("passes on what the program throws", async () => {
    await assert.rejects(
      record(stackConfig(), () => {
        throw new Error("no such thing");
      }),
      /no such thing/,
    );
  });
});
