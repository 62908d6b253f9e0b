import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { certificateNames } from "../settings/domain/hosts";
import type { DomainInput } from "../settings/domain/schema";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";

export interface CertificateArgs {
  readonly domain: DomainInput;
  /** The zone that validates the names. */
  readonly zoneId: pulumi.Input<string>;
  readonly transform?: { readonly certificate?: Transform<aws.acm.CertificateArgs> };
}

/**
 * An ACM certificate for `*.domain` and `domain`, validated by DNS; or a given one.
 *
 * A wildcard and the name behind it share one validation record: a second would be a duplicate
 * (terraform-aws-acm#3). A changed certificate is created before the old one goes.
 *
 * @example
 * ```ts
 * const certificate = new Certificate("shop-certificate", { domain: settings.domain, zoneId: zone.zoneId });
 * ```
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class Certificate extends Stage {
  /** The ARN, once the certificate is validated: a load balancer takes no other. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Certificate", name, opts);
    this.arn =
      args.domain.certificate.arn !== undefined ? pulumi.output(args.domain.certificate.arn) : this.request(name, args);
    this.registerOutputs({ arn: this.arn });
  }

  private request(name: string, { domain, zoneId, transform }: CertificateArgs): pulumi.Output<string> {
    const [domainName = domain.name, ...subjectAlternativeNames] = certificateNames(domain);
    const certificate = new aws.acm.Certificate(
      ...transformed(
        transform?.certificate,
        name,
        { domainName, subjectAlternativeNames, validationMethod: "DNS", tags: { Name: name } },
        { parent: this },
      ),
    );
    const records = validationDomains([domainName, ...subjectAlternativeNames]).map((base) =>
      this.validationRecord(name, base, certificate, zoneId),
    );
    const validation = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
      // Long enough for somebody to delegate a new zone.
      { parent: this, customTimeouts: { create: "2h" } },
    );
    return validation.certificateArn;
  }

  private validationRecord(
    name: string,
    base: string,
    certificate: aws.acm.Certificate,
    zoneId: pulumi.Input<string>,
  ): aws.route53.Record {
    const option = certificate.domainValidationOptions.apply((options) => {
      const found = options.find(({ domainName }) => domainName === base || domainName === `*.${base}`);
      if (!found)
        throw new Error(
          `ACM gave no validation record for ${base}, only for ${options.map(({ domainName }) => domainName).join(", ")}.`,
        );
      return found;
    });
    return new aws.route53.Record(
      `${name}-${base}`,
      {
        zoneId,
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        records: [option.resourceRecordValue],
        ttl: 60,
        // ACM gives a name the same record in every region: another stack's may be there already.
        allowOverwrite: true,
      },
      { parent: this },
    );
  }
}

/** The names that ACM validates: those behind the wildcards, each once. */
function validationDomains(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.replace(/^\*\./, "")))];
}
