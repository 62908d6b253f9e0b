import { dnsScheme } from "../../../../policies/rules/edge/dns-scheme";
import { cases } from "../../cases";
import { annotate, urnOf, waitFor } from "./objects";

const apex = "route53 Record eks-istio-dev-domain-example.com-apex-a: example.com";
const wildcard = "route53 Record eks-istio-dev-domain-example.com-wildcard-a: *.example.com";
const internal =
  'is public, but leads to Service istio-ingress/istio-ingress, whose load balancer is internal: nobody outside the VPC gets there. Set the scheme to "internet-facing" (gateways.default.scheme), or use a private zone.';

export default cases(dnsScheme, {
  breaks: {
    "public records for an internal load balancer": {
      change: (stack) => annotate(stack, { scheme: "internal" }),
      finds: [`${wildcard} ${internal}`, `${apex} ${internal}`],
    },
    "public records for a load balancer that is internal by default": {
      change: (stack) => annotate(stack, { scheme: undefined }),
      finds: [`${wildcard} ${internal}`, `${apex} ${internal}`],
    },
    "private records for a public load balancer": {
      change: (stack) => {
        stack.resource("aws:route53/zone:Zone").vpcs = [{ vpcId: "vpc-1" }];
        stack.resources = stack.resources.filter(({ name }) => name !== "eks-istio-dev-domain-example.com-apex-a");
      },
      finds: [
        `${wildcard} is in a private zone, but leads to Service istio-ingress/istio-ingress, which is internet-facing: from outside the VPC nobody finds it. Add a record to the public zone, or set the scheme to "internal" (gateways.default.scheme).`,
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "an internal load balancer in a private zone": (stack) => {
      annotate(stack, { scheme: "internal" });
      stack.resource("aws:route53/zone:Zone").vpcs = [{ vpcId: "vpc-1" }];
    },
    "the old word for internet-facing": (stack) => annotate(stack, { scheme: undefined, internal: "false" }),
    "a zone that can't be seen": (stack) => {
      annotate(stack, { scheme: "internal" });
      const zone = urnOf(stack, "aws:route53/zone:Zone");
      for (const name of ["apex-a", "wildcard-a"])
        waitFor(stack, `eks-istio-dev-domain-example.com-${name}`, (urns) => urns.filter((urn) => urn !== zone));
    },
  },
});
