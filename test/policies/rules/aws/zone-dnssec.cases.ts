import { zoneDnssec } from "../../../../policies/rules/aws/zone-dnssec";
import { cases } from "../../cases";

const type = "aws:route53/zone:Zone";

export default cases(zoneDnssec, {
  breaks: {
    "a zone that nobody signs": {
      change: (stack) => stack.addResource(type, "own", { name: "shop.example.com" }),
      severity: "advisory",
      finds: [
        "route53 Zone own: answers for shop.example.com aren't signed: resolvers can't tell a forged one from a true one. Add an aws.route53.KeySigningKey and an aws.route53.HostedZoneDnsSec, and give the registrar its DS record.",
      ],
    },
  },
  keeps: {
    "a signed zone": (stack) => {
      stack.addResource(type, "own", { name: "shop.example.com" });
      const urn = stack.resources.find(({ name }) => name === "own")?.urn ?? "";
      stack.addResource("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "signed", {});
      stack.resources = stack.resources.map((one) => (one.name === "signed" ? { ...one, dependencies: [urn] } : one));
    },
    "a zone inside a VPC": (stack) =>
      stack.addResource(type, "own", { name: "shop.internal", vpcs: [{ vpcId: "vpc-1" }] }),
  },
});
