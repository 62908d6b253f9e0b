import { zoneQueryLog } from "../../../../policies/rules/aws/zone-query-log";
import { cases } from "../../cases";

const type = "aws:route53/zone:Zone";

export default cases(zoneQueryLog, {
  breaks: {
    "a zone that logs nothing": {
      change: (stack) => stack.addResource(type, "own", { name: "shop.example.com" }),
      severity: "advisory",
      finds: [
        "route53 Zone own: questions for shop.example.com aren't logged: nobody can tell whether a name is still used. Add an aws.route53.QueryLog, whose log group must be in us-east-1.",
      ],
    },
  },
  keeps: {
    "a zone with a query log": (stack) => {
      stack.addResource(type, "own", { name: "shop.example.com" });
      const urn = stack.resources.find(({ name }) => name === "own")?.urn ?? "";
      stack.addResource("aws:route53/queryLog:QueryLog", "log", {});
      stack.resources = stack.resources.map((one) => (one.name === "log" ? { ...one, dependencies: [urn] } : one));
    },
    "a zone inside a VPC": (stack) =>
      stack.addResource(type, "own", { name: "shop.internal", vpcs: [{ vpcId: "vpc-1" }] }),
  },
});
