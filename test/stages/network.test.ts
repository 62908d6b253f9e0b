import assert from "node:assert/strict";
import { Network } from "../../components/stages/network";
import { deployed, registrationOf, valueOf } from "./deployed";
import { planned, type Graph } from "./support";

const zones = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];
const settings = { cidr: "10.0.0.0/16", zones, nat: "single", flowLogs: { enabled: true, retentionDays: 30 } } as const;

describe("Network", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned();
  });

  it("names its children by what they are and by their zone", () => {
    assert.deepEqual(
      plan.children("stage:Network shop-network"),
      [
        "aws:cloudwatch/logGroup:LogGroup shop-network-flow-logs",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup shop-network-default-security-group",
        "aws:ec2/eip:Eip shop-network-nat-ap-northeast-2a",
        "aws:ec2/flowLog:FlowLog shop-network-flow-logs",
        "aws:ec2/internetGateway:InternetGateway shop-network-internet-gateway",
        "aws:ec2/natGateway:NatGateway shop-network-nat-ap-northeast-2a",
        "aws:ec2/route:Route shop-network-public-internet",
        "aws:ec2/routeTable:RouteTable shop-network-public",
        "aws:ec2/vpc:Vpc shop-network-vpc",
        "aws:iam/role:Role shop-network-flow-logs",
        "aws:iam/rolePolicy:RolePolicy shop-network-flow-logs",
        ...zones.flatMap((zone) => [
          `aws:ec2/route:Route shop-network-private-${zone}-nat`,
          `aws:ec2/routeTable:RouteTable shop-network-private-${zone}`,
          `aws:ec2/routeTableAssociation:RouteTableAssociation shop-network-private-${zone}`,
          `aws:ec2/routeTableAssociation:RouteTableAssociation shop-network-public-${zone}`,
          `aws:ec2/subnet:Subnet shop-network-private-${zone}`,
          `aws:ec2/subnet:Subnet shop-network-public-${zone}`,
        ]),
      ].sort(),
    );
  });

  it("makes a VPC with DNS, as EKS asks for, and without IPv6", () => {
    assert.deepEqual(plan.inputs("Vpc shop-network-vpc"), {
      cidrBlock: "10.0.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      assignGeneratedIpv6CidrBlock: false,
      tags: { Name: "shop-network" },
    });
  });

  it("takes the default security group over and leaves it without rules", () => {
    assert.deepEqual(plan.inputs("DefaultSecurityGroup shop-network-default-security-group"), {
      vpcId: "[unknown]",
      tags: { Name: "shop-network-default-unused" },
    });
  });

  it("gives each zone a private subnet for nodes and internal load balancers", () => {
    assert.deepEqual(
      zones.map((zone) => plan.inputs(`Subnet shop-network-private-${zone}`)),
      zones.map((zone, index) => ({
        vpcId: "[unknown]",
        availabilityZone: zone,
        cidrBlock: ["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19"][index],
        mapPublicIpOnLaunch: false,
        tags: { Name: `shop-network-private-${zone}`, "kubernetes.io/role/internal-elb": "1" },
      })),
    );
  });

  it("gives each zone a public subnet for internet-facing load balancers", () => {
    assert.deepEqual(
      zones.map((zone) => plan.inputs(`Subnet shop-network-public-${zone}`)),
      zones.map((zone, index) => ({
        vpcId: "[unknown]",
        availabilityZone: zone,
        cidrBlock: ["10.0.128.0/23", "10.0.130.0/23", "10.0.132.0/23"][index],
        mapPublicIpOnLaunch: false,
        tags: { Name: `shop-network-public-${zone}`, "kubernetes.io/role/elb": "1" },
      })),
    );
  });

  it("places subnets by the zone's id where the stack names ids", async () => {
    const byId = await planned({ network: { zones: ["apne2-az1", "apne2-az3"] } });
    for (const kind of ["private", "public"])
      for (const id of ["apne2-az1", "apne2-az3"]) {
        const { availabilityZone, availabilityZoneId } = byId.inputs(`Subnet shop-network-${kind}-${id}`);
        assert.deepEqual(
          { availabilityZone, availabilityZoneId },
          { availabilityZone: undefined, availabilityZoneId: id },
        );
      }
  });

  it("records accepted and rejected connections, and keeps them for as long as the stack says", async () => {
    const logging = await planned({ network: { flowLogs: { retentionDays: 7 } } });
    assert.deepEqual(
      [logging.inputs("FlowLog shop-network-flow-logs").trafficType, logging.inputs("LogGroup shop-network-flow-logs")],
      ["ALL", { retentionInDays: 7 }],
    );
  });

  it("makes nothing for flow logs that are off", async () => {
    const off = await planned({ network: { flowLogs: { enabled: false } } });
    assert.deepEqual(
      off.children("stage:Network shop-network").filter((child) => child.includes("flow-logs")),
      [],
    );
  });

  it("lets VPC Flow Logs take that role for the VPC's own account only", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings }));
    assert.deepEqual(registrationOf(deployment, "aws:iam/role:Role", "net-flow-logs").inputs.assumeRolePolicy, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("lets the flow logs' role write into their own group only", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings }));
    assert.deepEqual(registrationOf(deployment, "aws:iam/rolePolicy:RolePolicy", "net-flow-logs").inputs.policy, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: "arn:aws:test::123456789012:net-flow-logs:*",
        },
      ],
    });
  });

  it("hands over the ids of its VPC and subnets", async () => {
    const { result } = await deployed(() => new Network("net", { network: settings }));
    assert.deepEqual(
      [await valueOf(result.vpcId), await valueOf(result.privateSubnetIds), await valueOf(result.publicSubnetIds)],
      ["net-vpc-id", zones.map((zone) => `net-private-${zone}-id`), zones.map((zone) => `net-public-${zone}-id`)],
    );
  });
});

describe("Network's ways out", () => {
  it("sends every zone through one NAT gateway by default", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings }));
    assert.deepEqual(
      natRoutes(deployment),
      zones.map(() => "net-nat-ap-northeast-2a-id"),
    );
  });

  it("sends each zone through a NAT gateway of its own where it is asked to", async () => {
    const deployment = await deployed(() => new Network("net", { network: { ...settings, nat: "perZone" } }));
    assert.deepEqual(
      natRoutes(deployment),
      zones.map((zone) => `net-nat-${zone}-id`),
    );
  });

  it("stands each NAT gateway in its own zone's public subnet, with an address of its own", async () => {
    const deployment = await deployed(() => new Network("net", { network: { ...settings, nat: "perZone" } }));
    assert.deepEqual(
      zones.map((zone) => registrationOf(deployment, "aws:ec2/natGateway:NatGateway", `net-nat-${zone}`).inputs),
      zones.map((zone) => ({
        allocationId: `net-nat-${zone}-id`,
        subnetId: `net-public-${zone}-id`,
        tags: { Name: `net-${zone}` },
      })),
    );
  });

  it("keeps every subnet, table and association when one NAT gateway becomes one per zone", async () => {
    const [single, perZone] = [await planned(), await planned({ network: { nat: "perZone" } })];
    const added = perZone
      .children("stage:Network shop-network")
      .filter((child) => !single.children("stage:Network shop-network").includes(child));
    assert.deepEqual(added, [
      "aws:ec2/eip:Eip shop-network-nat-ap-northeast-2b",
      "aws:ec2/eip:Eip shop-network-nat-ap-northeast-2c",
      "aws:ec2/natGateway:NatGateway shop-network-nat-ap-northeast-2b",
      "aws:ec2/natGateway:NatGateway shop-network-nat-ap-northeast-2c",
    ]);
  });

  it("puts each zone's subnets on the tables they belong to", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings }));
    const associations = deployment.registrations.filter(
      ({ type }) => type === "aws:ec2/routeTableAssociation:RouteTableAssociation",
    );
    assert.deepEqual(
      Object.fromEntries(associations.map(({ inputs }) => [inputs.subnetId, inputs.routeTableId])),
      Object.fromEntries(
        zones.flatMap((zone) => [
          [`net-private-${zone}-id`, `net-private-${zone}-id`],
          [`net-public-${zone}-id`, "net-public-id"],
        ]),
      ),
    );
  });

  it("routes the public subnets to the internet gateway", async () => {
    const deployment = await deployed(() => new Network("net", { network: settings }));
    assert.deepEqual(registrationOf(deployment, "aws:ec2/route:Route", "net-public-internet").inputs, {
      routeTableId: "net-public-id",
      gatewayId: "net-internet-gateway-id",
      destinationCidrBlock: "0.0.0.0/0",
    });
  });

  it("makes a NAT gateway wait for its public subnet's way to the internet", async () => {
    const plan = await planned();
    const before = plan.before("NatGateway shop-network-nat-ap-northeast-2a");
    assert.ok(
      ["Route shop-network-public-internet", "RouteTableAssociation shop-network-public-ap-northeast-2a"].every(
        (each) => before.includes(each),
      ),
      before.join("\n"),
    );
  });

  it("makes a NAT gateway's address wait for the internet gateway", async () => {
    const plan = await planned();
    assert.ok(
      plan.direct("Eip shop-network-nat-ap-northeast-2a").includes("InternetGateway shop-network-internet-gateway"),
    );
  });
});

/** The NAT gateway that each zone's default route goes through. */
function natRoutes(deployment: Parameters<typeof registrationOf>[0]): unknown[] {
  return zones.map((zone) => {
    const { destinationCidrBlock, natGatewayId, routeTableId } = registrationOf(
      deployment,
      "aws:ec2/route:Route",
      `net-private-${zone}-nat`,
    ).inputs;
    assert.deepEqual([destinationCidrBlock, routeTableId], ["0.0.0.0/0", `net-private-${zone}-id`]);
    return natGatewayId;
  });
}
