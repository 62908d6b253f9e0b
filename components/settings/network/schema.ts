import * as z from "zod";
import { defaults } from "../defaults";
import { ipv4Cidr, retentionDays } from "../scalars";

const vpcId = z
  .string()
  .regex(/^vpc-[0-9a-f]{8,17}$/, "must be the id of a VPC")
  .meta({ examples: ["vpc-0123456789abcdef0"] });
const subnetId = z
  .string()
  .regex(/^subnet-[0-9a-f]{8,17}$/, "must be the id of a subnet")
  .meta({ examples: ["subnet-0123456789abcdef0"] });

/** The VPC: one of ours, or an existing one by id. */
export const network = z
  .strictObject({
    cidr: ipv4Cidr
      .meta({ examples: [defaults.network.cidr] })
      .optional()
      .describe(`The VPC's IPv4 range, /16 to /21. Default: \`${defaults.network.cidr}\`.`),
    zones: z
      .array(z.string().meta({ examples: ["ap-northeast-2a"] }))
      .optional()
      .describe(
        "Two to four availability zones: all by name, or all by id (`use1-az1`), which is the same zone in every account. Going over from one to the other replaces the subnets. Add new ones at the end: a zone's place decides its subnets' ranges. Default: the region's first three; us-east-1, us-west-1 and ca-central-1 have none, as EKS is not in all of their zones.",
      ),
    nat: z
      .enum(["single", "perZone"])
      .optional()
      .describe("NAT gateways: one for all zones, or one in each, so that a zone can fail alone. Default: `single`."),
    flowLogs: z
      .strictObject({
        enabled: z
          .boolean()
          .default(defaults.network.flowLogs.enabled)
          .describe("Record accepted and rejected connections in CloudWatch Logs."),
        retentionDays: retentionDays.default(defaults.network.flowLogs.retentionDays),
      })
      .optional()
      .describe("VPC flow logs. Default: on, kept for 30 days."),
    existing: z
      .strictObject({
        vpcId: vpcId.describe("The VPC."),
        privateSubnetIds: z
          .array(subnetId)
          .min(2)
          .describe("Subnets for nodes, with a way out to the internet, in two zones or more."),
        publicSubnetIds: z
          .array(subnetId)
          .default([])
          .describe(
            "Subnets for an internet-facing load balancer. They need the tag `kubernetes.io/role/elb: 1`, the private ones `kubernetes.io/role/internal-elb: 1`.",
          ),
      })
      .optional()
      .describe("Use a VPC that exists instead of creating one."),
  })
  .describe("The VPC that nodes and load balancer stand in.");

export type NetworkInput = z.infer<typeof network>;

/** A VPC of ours, with every choice made. */
export interface NewNetworkSettings {
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly nat: "single" | "perZone";
  readonly flowLogs: { readonly enabled: boolean; readonly retentionDays: number };
}

/** A VPC that exists. */
type ExistingNetworkSettings = NonNullable<NetworkInput["existing"]>;

export type NetworkSettings = NewNetworkSettings | { readonly existing: ExistingNetworkSettings };
