import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { serviceTrust } from "../manifests/aws/iam";
import type { NetworkRef } from "../references";
import type { NetworkSettings, NewNetworkSettings } from "../settings/network/schema";
import { isZoneId } from "../settings/network/zones";
import { Stage } from "./stage";
import { ipv6SubnetRange, subnetRanges, type ZoneRanges } from "../manifests/aws/subnets";
import { transformed, type Transform } from "./transform";

export interface NetworkArgs {
  /** A VPC to create, or one that exists. */
  readonly network: NetworkSettings;
  /** Give the VPC and its public subnets IPv6 ranges, for a dual-stack load balancer. Default: false. */
  readonly ipv6?: boolean;
  /** Changes to single children. */
  readonly transform?: {
    readonly vpc?: Transform<aws.ec2.VpcArgs>;
    readonly privateSubnet?: Transform<aws.ec2.SubnetArgs>;
    readonly publicSubnet?: Transform<aws.ec2.SubnetArgs>;
    readonly natGateway?: Transform<aws.ec2.NatGatewayArgs>;
  };
}

/**
 * A VPC over two to four zones: private subnets for nodes, public ones for the load balancer and NAT gateways,
 * flow logs, and a default security group without rules.
 *
 * Every zone has a route table of its own, so that going from one NAT gateway to one per zone changes routes only.
 * It costs about 43 USD a month for each NAT gateway in Seoul, and for the traffic through it.
 *
 * @example
 * ```ts
 * const network = new Network("shop-network", {
 *   network: { cidr: "10.0.0.0/16", zones: ["eu-west-1a", "eu-west-1b"], nat: "single", flowLogs: { enabled: true, retentionDays: 30 } },
 * }, { providers: { aws: provider } });
 * ```
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export class Network extends Stage implements NetworkRef {
  readonly vpcId: pulumi.Output<string>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly ingress: readonly pulumi.Resource[];
  readonly egress: readonly pulumi.Resource[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Network", name, opts);
    const made = "existing" in args.network ? undefined : this.create(name, args.network, args);
    const existing = "existing" in args.network ? args.network.existing : undefined;
    this.vpcId = made?.vpc.id ?? pulumi.output(existing?.vpcId ?? "");
    this.privateSubnetIds = pulumi.output(
      made?.zones.map(({ privateSubnet }) => privateSubnet.id) ?? existing?.privateSubnetIds ?? [],
    );
    this.publicSubnetIds = pulumi.output(
      made?.zones.map(({ publicSubnet }) => publicSubnet.id) ?? existing?.publicSubnetIds ?? [],
    );
    this.ingress = made?.zones.map(({ publicAssociation }) => publicAssociation) ?? [];
    this.egress = made?.egress ?? [];
    this.registerOutputs({
      vpcId: this.vpcId,
      privateSubnetIds: this.privateSubnetIds,
      publicSubnetIds: this.publicSubnetIds,
    });
  }

  private create(name: string, settings: NewNetworkSettings, { ipv6 = false, transform = {} }: NetworkArgs) {
    const vpc = new aws.ec2.Vpc(
      ...transformed(
        transform.vpc,
        `${name}-vpc`,
        {
          cidrBlock: settings.cidr,
          enableDnsHostnames: true,
          enableDnsSupport: true,
          assignGeneratedIpv6CidrBlock: ipv6,
          tags: { Name: name },
        },
        { parent: this },
      ),
    );
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default-security-group`,
      { vpcId: vpc.id, tags: { Name: `${name}-default-unused` } },
      { parent: this },
    );
    if (settings.flowLogs.enabled) this.flowLogs(name, vpc, settings.flowLogs.retentionDays);

    const internetGateway = new aws.ec2.InternetGateway(
      `${name}-internet-gateway`,
      { vpcId: vpc.id, tags: { Name: name } },
      { parent: this },
    );
    const toInternet = this.publicRoutes(name, vpc, internetGateway, ipv6);
    const ranges = subnetRanges(settings.cidr, settings.zones.length);
    const zones = settings.zones.flatMap((zone, index) => {
      const range = ranges[index];
      return range ? [this.zone(name, zone, index, range, { vpc, toInternet, ipv6, transform })] : [];
    });

    const natZones = settings.nat === "perZone" ? zones : zones.slice(0, 1);
    const natGateways = natZones.map((zone) => this.natGateway(name, zone, internetGateway, transform.natGateway));
    const egress = zones.flatMap((zone, index) => {
      const natGateway = natGateways[index] ?? natGateways[0];
      return natGateway ? [this.natRoute(name, zone, natGateway), zone.privateAssociation] : [];
    });
    return { vpc, zones, egress };
  }

  private publicRoutes(name: string, vpc: aws.ec2.Vpc, internetGateway: aws.ec2.InternetGateway, ipv6: boolean) {
    const table = new aws.ec2.RouteTable(
      `${name}-public`,
      { vpcId: vpc.id, tags: { Name: `${name}-public` } },
      { parent: this },
    );
    const target = { routeTableId: table.id, gatewayId: internetGateway.id };
    const routes = [
      new aws.ec2.Route(`${name}-public-internet`, { ...target, destinationCidrBlock: "0.0.0.0/0" }, { parent: this }),
    ];
    if (ipv6)
      routes.push(
        new aws.ec2.Route(
          `${name}-public-internet-ipv6`,
          { ...target, destinationIpv6CidrBlock: "::/0" },
          { parent: this },
        ),
      );
    return { table, routes };
  }

  private zone(
    name: string,
    zone: string,
    index: number,
    range: ZoneRanges,
    { vpc, toInternet, ipv6, transform }: ZoneParts,
  ) {
    const place = isZoneId(zone) ? { availabilityZoneId: zone } : { availabilityZone: zone };
    const publicSubnet = new aws.ec2.Subnet(
      ...transformed(
        transform.publicSubnet,
        `${name}-public-${zone}`,
        {
          vpcId: vpc.id,
          ...place,
          cidrBlock: range.public,
          ...(ipv6 && { ipv6CidrBlock: vpc.ipv6CidrBlock.apply((vpcRange) => ipv6SubnetRange(vpcRange, index)) }),
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-public-${zone}`, "kubernetes.io/role/elb": "1" },
        },
        { parent: this },
      ),
    );
    const publicAssociation = new aws.ec2.RouteTableAssociation(
      `${name}-public-${zone}`,
      { subnetId: publicSubnet.id, routeTableId: toInternet.table.id },
      // Without its route a public subnet's NAT gateway reaches nothing.
      { parent: this, dependsOn: toInternet.routes },
    );
    const privateSubnet = new aws.ec2.Subnet(
      ...transformed(
        transform.privateSubnet,
        `${name}-private-${zone}`,
        {
          vpcId: vpc.id,
          ...place,
          cidrBlock: range.private,
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-private-${zone}`, "kubernetes.io/role/internal-elb": "1" },
        },
        { parent: this },
      ),
    );
    const privateTable = new aws.ec2.RouteTable(
      `${name}-private-${zone}`,
      { vpcId: vpc.id, tags: { Name: `${name}-private-${zone}` } },
      { parent: this },
    );
    const privateAssociation = new aws.ec2.RouteTableAssociation(
      `${name}-private-${zone}`,
      { subnetId: privateSubnet.id, routeTableId: privateTable.id },
      { parent: this },
    );
    return { zone, publicSubnet, publicAssociation, privateSubnet, privateTable, privateAssociation };
  }

  private natGateway(
    name: string,
    zone: Zone,
    internetGateway: aws.ec2.InternetGateway,
    transform?: Transform<aws.ec2.NatGatewayArgs>,
  ) {
    const address = new aws.ec2.Eip(
      `${name}-nat-${zone.zone}`,
      { domain: "vpc", tags: { Name: `${name}-nat-${zone.zone}` } },
      { parent: this, dependsOn: [internetGateway] },
    );
    return new aws.ec2.NatGateway(
      ...transformed(
        transform,
        `${name}-nat-${zone.zone}`,
        { allocationId: address.id, subnetId: zone.publicSubnet.id, tags: { Name: `${name}-${zone.zone}` } },
        { parent: this, dependsOn: [zone.publicAssociation] },
      ),
    );
  }

  private natRoute(name: string, { zone, privateTable }: Zone, natGateway: aws.ec2.NatGateway) {
    return new aws.ec2.Route(
      `${name}-private-${zone}-nat`,
      { routeTableId: privateTable.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: natGateway.id },
      { parent: this },
    );
  }

  private flowLogs(name: string, vpc: aws.ec2.Vpc, retentionInDays: number): void {
    const logGroup = new aws.cloudwatch.LogGroup(`${name}-flow-logs`, { retentionInDays }, { parent: this });
    const role = new aws.iam.Role(
      `${name}-flow-logs`,
      { assumeRolePolicy: serviceTrust("vpc-flow-logs.amazonaws.com", vpc.ownerId) },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-flow-logs`,
      {
        role: role.id,
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
              Resource: pulumi.interpolate`${logGroup.arn}:*`,
            },
          ],
        },
      },
      { parent: this },
    );
    new aws.ec2.FlowLog(
      `${name}-flow-logs`,
      { vpcId: vpc.id, trafficType: "ALL", logDestination: logGroup.arn, iamRoleArn: role.arn },
      { parent: this, dependsOn: [policy] },
    );
  }
}

type Zone = ReturnType<Network["zone"]>;

interface ZoneParts {
  readonly vpc: aws.ec2.Vpc;
  readonly toInternet: { readonly table: aws.ec2.RouteTable; readonly routes: aws.ec2.Route[] };
  readonly ipv6: boolean;
  readonly transform: NonNullable<NetworkArgs["transform"]>;
}
