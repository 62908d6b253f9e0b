import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as index from "../..";
import { kubeconfig, nameServers } from "./cloud";
import { deployed, valueOf } from "./deployed";

type Outputs = typeof index;

describe("the program's outputs", () => {
  let outputs: Outputs;
  before(async () => {
    ({ result: outputs } = await deployed(program, {
      sections: {
        domain: {
          name: "example.com",
          additional: [
            {
              name: "example.org",
              zone: { id: "Z0GIVEN1" },
              certificate: { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/given" },
            },
          ],
        },
        apps: {
          checkout: { host: "checkout", namespace: "shop", port: 8080 },
          home: { host: "@", domain: "example.org", namespace: "shop", port: 80 },
          stock: { namespace: "shop", port: 9090 },
        },
      },
    }));
  });

  it("tell where each public application is reached", () => {
    assert.deepEqual(outputs.urls, { checkout: ["https://checkout.example.com"], home: ["https://example.org"] });
  });

  it("name the load balancers as AWS does, without the digits of their host names", async () => {
    assert.deepEqual(await valueOf(pulumi.output(outputs.loadBalancerNames)), {
      default: "k8s-istioing-istioing-0a1b2c3d4e",
    });
  });

  it("give each domain's certificate, requested or given", async () => {
    assert.deepEqual(await valueOf(pulumi.output(outputs.certificateArns)), {
      "example.com": "arn:aws:acm:ap-northeast-2:123456789012:certificate/requested",
      "example.org": "arn:aws:acm:ap-northeast-2:123456789012:certificate/given",
    });
  });

  it("give the name servers of created zones only", async () => {
    assert.deepEqual(await valueOf(pulumi.output(outputs.nameServers)), { "example.com": nameServers });
  });

  it("give the kubeconfig, as a secret", async () => {
    assert.deepEqual(
      [await valueOf(outputs.kubeconfig), await pulumi.isSecret(outputs.kubeconfig)],
      [kubeconfig, true],
    );
  });

  it("name the cluster", () => {
    assert.equal(outputs.clusterName, "shop");
  });

  it("give the network's ids, of each zone's subnets in order", async () => {
    const zones = ["a", "b", "c"].map((zone) => `ap-northeast-2${zone}`);
    assert.equal(await valueOf(outputs.vpcId), "shop-network-vpc-id");
    assert.deepEqual(
      await valueOf(outputs.privateSubnetIds),
      zones.map((zone) => `shop-network-private-${zone}-id`),
    );
    assert.deepEqual(
      await valueOf(outputs.publicSubnetIds),
      zones.map((zone) => `shop-network-public-${zone}-id`),
    );
  });

  it("give the ARN of the nodes' role", async () => {
    assert.equal(await valueOf(outputs.nodeRoleArn), "arn:aws:test::123456789012:shop-nodes");
  });

  it("are these and no others", () => {
    assert.deepEqual(Object.keys(outputs).sort(), [
      "certificateArns",
      "clusterName",
      "kubeconfig",
      "loadBalancerNames",
      "nameServers",
      "nodeRoleArn",
      "privateSubnetIds",
      "publicSubnetIds",
      "urls",
      "vpcId",
    ]);
  });
});

describe("the program's outputs on a first preview", () => {
  it("have the URLs already", async () => {
    const { result } = await deployed(program, {
      preview: true,
      sections: { apps: { checkout: { host: "checkout", namespace: "shop", port: 8080 } } },
    });
    assert.deepEqual(result.urls, { checkout: ["https://checkout.example.com"] });
  });
});

/** The program itself, read anew: a module runs once, and this one is the program. */
function program(): Outputs {
  const load = createRequire(__filename);
  const path = load.resolve("../../index");
  delete load.cache[path];
  return load(path) as Outputs;
}
