import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { protection } from "./protection";
import { Stage } from "./stage";

export interface DomainRecordsArgs {
  /** The domain; its records are `*.domain` and `domain`. */
  readonly domain: string;
  readonly zoneId: pulumi.Input<string>;
  /** The load balancer's host name. */
  readonly hostname: pulumi.Input<string>;
  /** The region of the load balancer, e.g. `eu-west-1`. */
  readonly region: string;
  /** `dualstack` adds AAAA records. */
  readonly ipAddressType: "ipv4" | "dualstack";
  /** Protect the records from deletion. Default: false. */
  readonly protect?: boolean;
}

/**
 * Alias records for a domain and everything under it, so that no application needs one of its own.
 *
 * @example
 * ```ts
 * new DomainRecords("shop-domain", {
 *   domain: "example.com", zoneId: zone.zoneId, hostname: gateway.hostname, region: "eu-west-1", ipAddressType: "ipv4",
 * });
 * ```
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html
 */
export class DomainRecords extends Stage {
  /** The names that resolve. */
  readonly names: readonly string[];

  constructor(name: string, args: DomainRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("DomainRecords", name, opts);
    this.names = [`*.${args.domain}`, args.domain];
    const loadBalancerZone = aws.lb.getHostedZoneIdOutput(
      { loadBalancerType: "network", region: args.region },
      { parent: this },
    );
    const types = args.ipAddressType === "dualstack" ? (["A", "AAAA"] as const) : (["A"] as const);
    for (const [key, recordName] of [
      ["wildcard", `*.${args.domain}`],
      ["apex", args.domain],
    ] as const) {
      for (const type of types) {
        new aws.route53.Record(
          `${name}-${key}-${type.toLowerCase()}`,
          {
            zoneId: args.zoneId,
            name: recordName,
            type,
            aliases: [{ name: args.hostname, zoneId: loadBalancerZone.id, evaluateTargetHealth: true }],
          },
          { parent: this, ...protection(args.protect ?? false) },
        );
      }
    }
    this.registerOutputs({ names: this.names });
  }
}
