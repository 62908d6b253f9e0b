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

const group = "aws:eks/nodeGroup:NodeGroup";
const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";

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
    ["takes what is whole", group, { clusterName, ...homeless }, []],
    [
      "refuses what lacks a required property",
      group,
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
    assert.deepEqual(await replaces(group, { ...whole, diskSize: 20 }, { ...whole, diskSize: 30 }), ["diskSize"]);
    assert.deepEqual(await replaces(group, { ...whole, labels: {} }, { ...whole, labels: { team: "shop" } }), []);
  });

  it("replaces a storage class for another provisioner, and lets the cluster refuse another reclaim policy", async () => {
    const fast = { metadata: { name: "fast" }, provisioner: "ebs.csi.aws.com", reclaimPolicy: "Delete" };
    const kept = { ...fast, reclaimPolicy: "Retain" };
    assert.deepEqual(await replaces(storageClass, fast, { ...fast, provisioner: "example.com/fast" }), ["provisioner"]);
    assert.deepEqual(await replaces(storageClass, fast, kept), []);
    const cloud = new Cloud();
    cloud.create("urn:pulumi:dev::eks-istio::aws:eks/cluster:Cluster::shop", { name: "shop" });
    cloud.create(`urn:pulumi:dev::eks-istio::${storageClass}::fast`, fast);
    assert.throws(() => cloud.update(storageClass, "fast", kept), /updates to reclaimPolicy are forbidden/);
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

  async function replaces(type: string, before: Properties, after: Properties): Promise<string[]> {
    const request = filled(new DiffRequest(), (each) => {
      each.setUrn(`urn:pulumi:dev::eks-istio::${type}::shop`);
      each.setOldInputs(struct(before));
      each.setNews(struct(after));
    });
    const response = await new Promise<DiffResponse>((resolve, reject) =>
      client.diff(request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    return response.getReplacesList();
  }
});
