import assert from "node:assert/strict";
import { Network } from "../../components/stages/network";
import { deployed, registrationOf } from "./deployed";
import { planned } from "./support";

const zones = ["ap-northeast-2a", "ap-northeast-2b"];
const settings = {
  cidr: "10.0.0.0/16",
  zones,
  nat: "single",
  flowLogs: { enabled: false, retentionDays: 30 },
} as const;

describe("a dual-stack load balancer", () => {
  it("asks for IPv6 ranges of the VPC", async () => {
    const plan = await planned({ gateways: { default: { ipAddressType: "dualstack" } } });
    assert.equal(plan.inputs("Vpc shop-network-vpc").assignGeneratedIpv6CidrBlock, true);
  });

  it("gives each public subnet a /64 of the VPC's range", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings, ipv6: true }));
    assert.deepEqual(
      zones.map(
        (zone) => registrationOf(deployment, "aws:ec2/subnet:Subnet", `net-public-${zone}`).inputs.ipv6CidrBlock,
      ),
      ["2600:1f14:aa:bb00::/64", "2600:1f14:aa:bb01::/64"],
    );
  });

  it("leaves the private subnets, where nodes are, without IPv6", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings, ipv6: true }));
    assert.deepEqual(
      zones.map(
        (zone) => registrationOf(deployment, "aws:ec2/subnet:Subnet", `net-private-${zone}`).inputs.ipv6CidrBlock,
      ),
      [undefined, undefined],
    );
  });

  it("routes IPv6 of the public subnets to the internet gateway", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings, ipv6: true }));
    assert.deepEqual(registrationOf(deployment, "aws:ec2/route:Route", "net-public-internet-ipv6").inputs, {
      routeTableId: "net-public-id",
      gatewayId: "net-internet-gateway-id",
      destinationIpv6CidrBlock: "::/0",
    });
  });

  it("gets A and AAAA records for the wildcard and the apex", async () => {
    const plan = await planned({
      gateways: { default: { ipAddressType: "dualstack" } },
      domain: { name: "example.com" },
    });
    const records = plan
      .children("stage:DomainRecords shop-domain-example.com")
      .map((child) => plan.inputs(child.replace("aws:route53/record:", "")));
    assert.deepEqual(
      records.map(({ name, type }) => `${String(name)} ${String(type)}`),
      ["example.com A", "example.com AAAA", "*.example.com A", "*.example.com AAAA"],
    );
  });
});
