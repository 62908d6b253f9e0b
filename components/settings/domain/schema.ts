import * as z from "zod";
import { dnsLabel, domainName } from "../scalars";

const zone = z
  .strictObject({
    create: z
      .literal(true)
      .optional()
      .describe(
        "Create the hosted zone, of a domain of yours: `example.com` can only be planned. Delegate its name servers at the registrar while `up` waits for the certificate.",
      ),
    id: z
      .string()
      .regex(/^Z[A-Z0-9]{5,32}$/, "must be the id of a Route 53 hosted zone")
      .meta({ examples: ["Z0123456789ABCDEFGHIJ"] })
      .optional()
      .describe("Use the hosted zone with this id."),
    name: domainName.optional().describe("Use the public hosted zone with this name."),
  })
  .describe("The Route 53 zone that holds the records: exactly one of `create`, `id` and `name`.");

const certificate = z
  .strictObject({
    arn: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, "must be the ARN of an ACM certificate")
      .meta({ examples: ["arn:aws:acm:us-east-1:123456789012:certificate/0f1e2d3c"] })
      .optional()
      .describe("Use this certificate, in the stack's region, instead of requesting one."),
    names: z
      .array(
        z
          .string()
          .regex(
            /^(\*\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]{0,61}[a-z0-9]$/,
            "must be a DNS name, or a wildcard for one label",
          )
          .meta({ examples: ["*.api.example.com"] }),
      )
      .default([])
      .describe("Names on the certificate beside `*.name` and `name`, for hosts of more than one label."),
  })
  .describe("The ACM certificate on the load balancer.");

const single = z
  .strictObject({
    name: domainName.describe("The domain. Applications live at `host.name`."),
    gateway: dnsLabel
      .meta({ examples: ["internal"] })
      .optional()
      .describe(
        "Which of `gateways` serves it: its records lead there. May be left out where there is one; required where there are several.",
      ),
    zone: zone.default({ create: true }),
    certificate: certificate.prefault({}),
  })
  .meta({ examples: [{ name: "example.com" }] });

/** The domain that applications are reached under, and any further ones. */
export const domain = single
  .extend({
    additional: z
      .array(single)
      .default([])
      .describe("Further domains, each with its own zone, certificate and records."),
  })
  .meta({ examples: [{ name: "example.com" }] })
  .describe("The wildcard domain: its Route 53 zone, its certificate, and the records that point at its gateway.");

export type DomainInput = z.infer<typeof single>;

/** A domain with its gateway filled in. */
export interface DomainSettings extends DomainInput {
  readonly gateway: string;
}
