import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, gateway, network, refuses } from "../verdicts";

const privateSubnetIds = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const publicSubnetIds = ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"];
const existing = { vpcId: "vpc-0123456789abcdef0", privateSubnetIds, publicSubnetIds };

describe("an existing VPC", () => {
  it("takes the place of the whole network", () => {
    assert.deepEqual(settingsOf(network({ existing })).network, { existing });
  });

  const own = [
    ["cidr", "10.0.0.0/16"],
    ["zones", ["ap-northeast-2a", "ap-northeast-2b"]],
    ["nat", "single"],
    ["flowLogs", { enabled: false }],
  ] as const;
  for (const [key, value] of own) {
    refuses(`${key} beside it`, network({ existing, [key]: value }), {
      key: `eks-istio:network.${key}`,
      value,
      rule: "has no effect beside existing: this stack changes nothing in a VPC that it didn't make",
      fix: `Remove "${key}" or "existing".`,
    });
  }

  refuses("a VPC by name", network({ existing: { ...existing, vpcId: "main" } }), {
    key: "eks-istio:network.existing.vpcId",
    value: "main",
    rule: "must be the id of a VPC",
    fix: 'Write it like "vpc-0123456789abcdef0".',
  });

  refuses(
    "a subnet by name",
    network({ existing: { ...existing, publicSubnetIds: [...publicSubnetIds, "public-c"] } }),
    {
      key: "eks-istio:network.existing.publicSubnetIds[2]",
      value: "public-c",
      rule: "must be the id of a subnet",
      fix: 'Write it like "subnet-0123456789abcdef0".',
    },
  );

  refuses(
    "nodes in a single subnet",
    network({ existing: { ...existing, privateSubnetIds: privateSubnetIds.slice(1) } }),
    {
      key: "eks-istio:network.existing.privateSubnetIds",
      value: ["subnet-0123456789abcdef1"],
      rule: "must have at least 2 entries",
      fix: "Write 2 entries or more.",
    },
  );

  refuses(
    "a private subnet listed twice",
    network({ existing: { ...existing, privateSubnetIds: [...privateSubnetIds, "subnet-0123456789abcdef0"] } }),
    {
      key: "eks-istio:network.existing.privateSubnetIds[2]",
      value: "subnet-0123456789abcdef0",
      rule: "is listed twice",
      fix: "List each subnet once.",
    },
  );

  refuses(
    "a subnet that is both private and public",
    network({ existing: { ...existing, publicSubnetIds: [...publicSubnetIds, "subnet-0123456789abcdef1"] } }),
    {
      key: "eks-istio:network.existing.publicSubnetIds[2]",
      value: "subnet-0123456789abcdef1",
      rule: "is listed twice",
      fix: "List each subnet once.",
    },
  );

  refuses(
    "an internet-facing gateway in a single public subnet",
    network({ existing: { ...existing, publicSubnetIds: publicSubnetIds.slice(1) } }),
    {
      key: "eks-istio:network.existing.publicSubnetIds",
      value: ["subnet-0123456789abcdef3"],
      rule: "must have two subnets or more, as an internet-facing load balancer stands in them",
      fix: "List them, or set gateways.default.scheme to internal.",
    },
  );

  accepts("an internal gateway without public subnets", {
    ...network({ existing: { vpcId: existing.vpcId, privateSubnetIds } }),
    ...gateway({ scheme: "internal" }),
  });
});
