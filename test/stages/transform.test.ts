import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { dataPlanesOf } from "../../components/manifests/istio/data-plane";
import { resolveAccess } from "../../components/access/resolve";
import { portsOf, resolveApp } from "../../components/routing/resolve";
import { App } from "../../components/stages/app";
import { Certificate } from "../../components/stages/certificate";
import { Cluster, type ClusterArgs } from "../../components/stages/cluster";
import { Gateway } from "../../components/stages/gateway";
import { Network, type NetworkArgs } from "../../components/stages/network";
import { transformed, type Transform } from "../../components/stages/transform";
import { gatewayOf, settingsOf } from "../stack";
import { deployed, registrationOf } from "./deployed";
import { stackKeys } from "./support";

describe("transformed", () => {
  const args = { cidrBlock: "10.0.0.0/16", tags: { Name: "shop" } };

  it("leaves name, arguments and options alone without a transform", () => {
    assert.deepEqual(transformed(undefined, "vpc", args, { protect: false }), ["vpc", args, { protect: false }]);
  });

  it("lays arguments over ours", () => {
    assert.deepEqual(transformed({ cidrBlock: "10.1.0.0/16" }, "vpc", args, {}), [
      "vpc",
      { cidrBlock: "10.1.0.0/16", tags: { Name: "shop" } },
      {},
    ]);
  });

  it("lets a function change arguments and options, and tells it the name", () => {
    const transform: Transform<typeof args> = (own, opts, name) => {
      own.cidrBlock = `${name} range`;
      opts.protect = true;
    };
    assert.deepEqual(transformed(transform, "vpc", args, {}), [
      "vpc",
      { cidrBlock: "vpc range", tags: { Name: "shop" } },
      { protect: true },
    ]);
  });

  it("gives the function copies, so that a transform for one child changes no other", () => {
    const [ours, options] = [{ ...args }, { protect: false }];
    const transform: Transform<typeof args> = (own, opts) => {
      own.cidrBlock = "";
      opts.protect = true;
    };
    transformed(transform, "vpc", ours, options);
    assert.deepEqual([ours, options], [args, { protect: false }]);
  });
});

describe("a component's transform", () => {
  const cases = [
    ["network's vpc", "aws:ec2/vpc:Vpc", "shop-network-vpc", () => network({ vpc: changed })],
    [
      "network's private subnets",
      "aws:ec2/subnet:Subnet",
      "shop-network-private-ap-northeast-2b",
      () => network({ privateSubnet: changed }),
    ],
    [
      "network's public subnets",
      "aws:ec2/subnet:Subnet",
      "shop-network-public-ap-northeast-2b",
      () => network({ publicSubnet: changed }),
    ],
    [
      "network's NAT gateways",
      "aws:ec2/natGateway:NatGateway",
      "shop-network-nat-ap-northeast-2a",
      () => network({ natGateway: changed }),
    ],
    ["cluster's control plane", "eks:index:Cluster", "shop", () => cluster({ cluster: { tags: { changed: "yes" } } })],
    ["cluster's node groups", "aws:eks/nodeGroup:NodeGroup", "shop-default", () => cluster({ nodeGroup: changed })],
    [
      "cluster's launch templates",
      "aws:ec2/launchTemplate:LaunchTemplate",
      "shop-default",
      () => cluster({ launchTemplate: changed }),
    ],
    ["certificate's certificate", "aws:acm/certificate:Certificate", "shop-certificate", () => certificate()],
  ] as const;

  for (const [child, type, name, program] of cases) {
    it(`reaches the ${child}`, async () => {
      const deployment = await deployed<object>(program);
      assert.deepEqual(registrationOf(deployment, type, name).inputs.tags, { changed: "yes" });
    });
  }

  it("reaches the gateway's Service", async () => {
    const deployment = await deployed(gateway);
    assert.deepEqual(
      registrationOf(deployment, "kubernetes:core/v1:Service", "shop-istio-ingress/istio-ingress").inputs.metadata,
      {
        name: "changed",
      },
    );
  });

  it("reaches an application's Deployments", async () => {
    const deployment = await deployed(app);
    assert.deepEqual(
      registrationOf(deployment, "kubernetes:apps/v1:Deployment", "shop-app-checkout-v1").inputs.metadata,
      { name: "changed" },
    );
  });

  it("reaches that child alone", async () => {
    const { registrations } = await deployed(() => network({ privateSubnet: changed }));
    const reached = registrations.filter(({ inputs }) => (inputs.tags as { changed?: string } | undefined)?.changed);
    assert.deepEqual(
      reached.map(({ name }) => name),
      ["a", "b", "c"].map((zone) => `shop-network-private-ap-northeast-2${zone}`),
    );
  });

  it("may protect a child", async () => {
    const deployment = await deployed(() =>
      network({
        vpc: (_, opts) => {
          opts.protect = true;
        },
      }),
    );
    assert.equal(registrationOf(deployment, "aws:ec2/vpc:Vpc", "shop-network-vpc").protect, true);
  });
});

const changed = { tags: { changed: "yes" } };

function network(transform?: NetworkArgs["transform"]): Network {
  return new Network("shop-network", { network: settingsOf(stackKeys()).network, transform });
}

function cluster(transform: ClusterArgs["transform"]): Cluster {
  const awsProvider = new aws.Provider("shop-aws", { region: "ap-northeast-2" });
  return new Cluster("shop", {
    cluster: settingsOf(stackKeys()).cluster,
    region: "ap-northeast-2",
    network: network(),
    awsProvider,
    transform,
  });
}

function certificate(): Certificate {
  return new Certificate("shop-certificate", {
    domain: { name: "example.com", zone: { create: true }, certificate: { names: [] } },
    zoneId: "Z0CREATED",
    transform: { certificate: changed },
  });
}

/** References to stages that are not there. */
function references() {
  const provider = new k8s.Provider("shop-kubernetes", {});
  const stage = {
    name: "shop",
    namespace: "shop",
    ready: provider,

    dataPlaneOf: dataPlanesOf(settingsOf(stackKeys())),
  };
  return {
    cluster: { name: "shop", provider, nodes: [], dns: provider, podIdentityAgent: provider, volumes: provider },
    mesh: stage,
    controller: stage,
    network: {
      ingress: [],
      privateSubnetIds: pulumi.output<string[]>([]),
      publicSubnetIds: pulumi.output<string[]>([]),
    },
    namespace: { name: "shop", dataPlane: stage.dataPlaneOf("shop"), ready: [] },
  };
}

function gateway(): Gateway {
  const { mesh: istio } = settingsOf(stackKeys());
  return new Gateway("shop-gateway", {
    ...references(),
    gateway: gatewayOf(),
    istio,
    certificateArns: [],
    hosts: [],
    transform: { service: { metadata: { name: "changed" } } },
  });
}

function app(): App {
  const [settings] = settingsOf(
    stackKeys({
      apps: { checkout: { namespace: "shop", port: 8080, workload: { image: "registry.example.com/checkout:1.4.2" } } },
    }),
  ).apps;
  return new App("shop-app-checkout", {
    ...references(),
    app: settings!,
    routing: resolveApp(settings!, portsOf([settings!])),
    access: resolveAccess(settings!, { callers: { apps: new Map(), gateways: new Map() }, byDefault: "allow" }),
    gateways: new Map(),
    transform: { deployment: { metadata: { name: "changed" } } },
  });
}
