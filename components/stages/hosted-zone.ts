import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DomainInput } from "../settings/domain/schema";
import { protection } from "./protection";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";

export interface HostedZoneArgs {
  /** The domain, and the zone to hold it: one to create, or an existing one by id or name. */
  readonly domain: Pick<DomainInput, "name" | "zone">;
  /** Protect a created zone from deletion. Default: false. */
  readonly protect?: boolean;
  /** Changes to single children. */
  readonly transform?: { readonly zone?: Transform<aws.route53.ZoneArgs> };
}

/**
 * The public Route 53 zone of a domain.
 *
 * A created zone answers nobody until the domain's registrar, or its parent zone, names its name servers. They are
 * logged as soon as the zone exists, because the certificate's validation waits for that. A zone costs 0.50 USD a month.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/CreatingNewSubdomain.html
 */
export class HostedZone extends Stage {
  readonly zoneId: pulumi.Output<string>;
  /** Name servers to delegate to; undefined for a zone that exists. */
  readonly nameServers?: pulumi.Output<string[]>;

  constructor(
    name: string,
    { domain, protect = false, transform }: HostedZoneArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("HostedZone", name, opts);
    const { zone } = domain;
    if (zone.id !== undefined) {
      this.zoneId = pulumi.output(zone.id);
    } else if (zone.name !== undefined) {
      this.zoneId = aws.route53.getZoneOutput({ name: zone.name, privateZone: false }, { parent: this }).zoneId;
    } else {
      const created = new aws.route53.Zone(
        ...transformed(
          transform?.zone,
          name,
          { name: domain.name, comment: `Applications under *.${domain.name}` },
          { parent: this, ...protection(protect) },
        ),
      );
      this.zoneId = created.zoneId;
      this.nameServers = created.nameServers;
      this.askForDelegation(domain.name, created);
    }
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
  }

  private askForDelegation(domain: string, zone: aws.route53.Zone): void {
    if (pulumi.runtime.isDryRun()) return;
    zone.nameServers.apply((servers) =>
      pulumi.log.info(
        `Name servers of ${domain}: ${servers.join(", ")}. Until its registrar or its parent zone has NS records with them, the certificate waits.`,
        zone,
      ),
    );
  }
}
