import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, DiffRequest, type CheckResponse, type DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import assert from "node:assert/strict";
import { Cloud } from "./cloud";
import { Faults } from "./faults";
import { Journal } from "./journal";
import { filled, struct } from "./messages";
import { startProvider } from "./provider";
import type { Properties } from "./resource-type";
import type { RunningServer } from "./server";

describe("a stand-in for a provider", () => {
  let server: RunningServer;
  let client: ResourceProviderClient;
  before(async () => {
    const world = { cloud: new Cloud(), journal: new Journal(), faults: new Faults(), env: {} };
    server = await startProvider(world, "1.0.0");
    client = new ResourceProviderClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure());
  });
  after(() => {
    client.close();
    server.stop();
  });

  const whole = {
    nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
    clusterName: "shop",
    subnetIds: ["subnet-1"],
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
  };
  const { clusterName, ...homeless } = whole;
  for (const [title, type, inputs, expected] of [
    ["takes what is whole", "aws:eks/nodeGroup:NodeGroup", { clusterName, ...homeless }, []],
    [
      "refuses what lacks a required property",
      "aws:eks/nodeGroup:NodeGroup",
      homeless,
      [["clusterName", 'Missing required argument: "clusterName" is required.']],
    ],
    [
      "refuses a name that is too long",
      "aws:iam/role:Role",
      { name: "n".repeat(65), assumeRolePolicy: "{}" },
      [["name", `expected length of name to be in the range (1 - 64), got ${"n".repeat(65)}`]],
    ],
    [
      "takes a name that is just not too long",
      "aws:iam/role:Role",
      { name: "n".repeat(64), assumeRolePolicy: "{}" },
      [],
    ],
    [
      "refuses a release's name that is too long",
      "kubernetes:helm.sh/v3:Release",
      { chart: "istiod", name: "i".repeat(54) },
      [["name", `expected length of name to be in the range (1 - 53), got ${"i".repeat(54)}`]],
    ],
  ] as const) {
    it(title, async () => assert.deepEqual(await failures(type, inputs), expected));
  }

  it("makes a new one where a property can't change", async () => {
    assert.deepEqual(await replaces({ diskSize: 20 }, { diskSize: 30 }), ["diskSize"]);
    assert.deepEqual(await replaces({ labels: {} }, { labels: { team: "shop" } }), []);
  });

  async function failures(type: string, inputs: Properties): Promise<string[][]> {
    const request = filled(new CheckRequest(), (each) => {
      each.setUrn(`urn:pulumi:dev::eks-istio::${type}::shop`);
      each.setNews(struct(inputs));
    });
    const response = await new Promise<CheckResponse>((resolve, reject) =>
      client.check(request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    return response.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()]);
  }

  async function replaces(before: Properties, after: Properties): Promise<string[]> {
    const request = filled(new DiffRequest(), (each) => {
      each.setUrn("urn:pulumi:dev::eks-istio::aws:eks/nodeGroup:NodeGroup::shop");
      each.setOldInputs(struct({ ...whole, nodeGroupName: "shop", ...before }));
      each.setNews(struct({ ...whole, nodeGroupName: "shop", ...after }));
    });
    const response = await new Promise<DiffResponse>((resolve, reject) =>
      client.diff(request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    return response.getReplacesList();
  }
});
