import type { Rule } from "../../engine/rule";
import { isPublic } from "../../facts/aws/hosted-zones";
import { dependentsOf } from "../../facts/pulumi/dependencies";

/** Answers of a zone are signed. */
export const zoneDnssec: Rule = {
  id: "AWS-ZONE-DNSSEC",
  // It needs a key in us-east-1 and a hand at the registrar, which is too much to ask where nobody is served.
  severity: { production: "advisory", otherwise: "off" },
  title: "public hosted zones are signed with DNSSEC",
  why: "Resolvers can't tell a forged answer from a true one, and send users to somebody else's servers.",
  fix: "Sign the zone, and give the registrar its DS record.",
  codes: ["CKV2_AWS_38"],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:route53/zone:Zone"), (zone) => {
      if (!isPublic(zone)) return;
      if (dependentsOf(inventory, zone, "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec").length > 0) return;
      const name = zone.get("name").text() ?? zone.name;
      check.violation(zone, {
        message: `answers for ${name} aren't signed: resolvers can't tell a forged one from a true one.`,
        fix: "Add an aws.route53.KeySigningKey and an aws.route53.HostedZoneDnsSec, and give the registrar its DS record.",
      });
    }),
};
