import type { Rule } from "../../engine/rule";
import { isPublic } from "../../facts/aws/hosted-zones";
import { dependentsOf } from "../../facts/pulumi/dependencies";

/** Who asks a zone for what is recorded. */
export const zoneQueryLog: Rule = {
  id: "AWS-ZONE-QUERY-LOG",
  severity: { production: "advisory", otherwise: "off" },
  title: "public hosted zones log what they are asked",
  why: "Without it nobody can tell whether a name is still used, or which one a broken client asks for.",
  fix: "Add a query log, in us-east-1.",
  codes: ["CKV2_AWS_39"],
  docs: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:route53/zone:Zone"), (zone) => {
      if (!isPublic(zone)) return;
      if (dependentsOf(inventory, zone, "aws:route53/queryLog:QueryLog").length > 0) return;
      const name = zone.get("name").text() ?? zone.name;
      check.violation(zone, {
        message: `questions for ${name} aren't logged: nobody can tell whether a name is still used.`,
        fix: "Add an aws.route53.QueryLog, whose log group must be in us-east-1.",
      });
    }),
};
