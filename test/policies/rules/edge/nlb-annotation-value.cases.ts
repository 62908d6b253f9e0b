import { nlbAnnotationValue } from "../../../../policies/rules/edge/nlb-annotation-value";
import { cases, type Breaking } from "../../cases";
import { annotate, waitFor } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const stops = "the controller stops here, and makes or changes nothing.";

/** One annotation with a value, and what is said about it. */
function wrong(suffix: string, value: string, text: string, more: Record<string, string | undefined> = {}): Breaking {
  return {
    change: (stack) => annotate(stack, { [suffix]: value, ...more }),
    finds: [`${here} ${suffix} is "${value}": ${text}`],
  };
}

export default cases(nlbAnnotationValue, {
  breaks: {
    "another word than those that are listed": wrong(
      "scheme",
      "public",
      `${stops} Write "internet-facing" or "internal".`,
    ),
    "a word of another case": wrong(
      "alpn-policy",
      "http2preferred",
      `${stops} Write "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred" or "None".`,
    ),
    "no boolean": wrong("manage-backend-security-group-rules", "yes", `${stops} Write "true" or "false".`),
    "no boolean, among attributes": {
      change: (stack) => annotate(stack, { attributes: "deletion_protection.enabled=True" }),
      finds: [
        `${here} attributes has deletion_protection.enabled=True, which AWS refuses: none of them takes effect. Write "true" or "false".`,
      ],
    },
    "encryption by a name that the controller doesn't know": wrong(
      "backend-protocol",
      "SSL",
      'the controller knows "ssl" alone, and sends plain text to the pods. Write "ssl".',
    ),
    "no number": wrong("healthcheck-interval", "10s", `${stops} Write a whole number.`),
    "PROXY protocol by another sign": wrong("proxy-protocol", "v2", `${stops} Write "*".`),
    "attributes without values": wrong(
      "attributes",
      "deletion_protection.enabled",
      `"deletion_protection.enabled" is no key=value, and ${stops} Write "key=value,key=value".`,
    ),
    "an attribute that is mistyped": {
      change: (stack) => annotate(stack, { attributes: "deletion_protection.enable=true" }),
      finds: [
        `${here} attributes has "deletion_protection.enable", which a Network Load Balancer doesn't know: AWS refuses all of them, and none takes effect. Did you mean deletion_protection.enabled?`,
      ],
    },
    "an attribute's value": {
      change: (stack) => annotate(stack, { "target-group-attributes": "deregistration_delay.timeout_seconds=180s" }),
      finds: [
        `${here} target-group-attributes has deregistration_delay.timeout_seconds=180s, which AWS refuses: none of them takes effect. Write a whole number.`,
      ],
    },
    "a name that is too long": wrong(
      "name",
      "a-name-that-is-longer-than-the-32-characters",
      `a load balancer's name has at most 32 characters, not 44, and ${stops} Write a shorter name, or take it out: the controller makes one up.`,
    ),
    "a name with other characters": wrong(
      "name",
      "my_gateway",
      'AWS takes letters, digits and hyphens inside only, and no "internal-" in front. Write a shorter name, or take it out: the controller makes one up.',
    ),
    "a path without a slash": wrong(
      "healthcheck-path",
      "healthz/ready",
      'a path begins with a slash, and AWS refuses it. Write "/healthz/ready".',
    ),
    "a health check's port that is none": wrong(
      "healthcheck-port",
      "status-port",
      `that is neither a port nor one of the Service's, and ${stops} Write a number, e.g. "15021", or "traffic-port".`,
    ),
    "a certificate by its name": {
      change: (stack) => {
        annotate(stack, { "ssl-cert": "example.com" });
        waitFor(stack, "eks-istio-dev-istio-ingress/istio-ingress", () => []);
      },
      finds: [
        `${here} ssl-cert is "example.com": example.com is no certificate's ARN, and ${stops} Give the ARN of an ACM certificate.`,
      ],
    },
    "Elastic IPs of an internal load balancer": wrong(
      "eip-allocations",
      "eipalloc-1",
      `an internal load balancer has no Elastic IPs, and ${stops} Take it out, or make the scheme internet-facing.`,
      { scheme: "internal" },
    ),
    "fewer Elastic IPs than the stack has zones with public subnets": wrong(
      "eip-allocations",
      "eipalloc-1",
      `1 for 3 subnets, and ${stops} Name one Elastic IP for each subnet, or as many subnets in the annotation subnets.`,
      { subnets: undefined },
    ),
    "more Elastic IPs than it names subnets": wrong(
      "eip-allocations",
      "eipalloc-1,eipalloc-2",
      `2 for 1 subnet, and ${stops} Name one Elastic IP for each subnet, or as many subnets in the annotation subnets.`,
      { subnets: "subnet-1" },
    ),
    "fewer private addresses than the stack has zones": wrong(
      "private-ipv4-addresses",
      "10.0.0.1",
      `1 for 3 subnets, and ${stops} Name one private address for each subnet, or as many subnets in the annotation subnets.`,
      { scheme: "internal", subnets: undefined },
    ),
    "private addresses of a public load balancer": wrong(
      "private-ipv4-addresses",
      "10.0.0.1",
      `only an internal load balancer has them, and ${stops} Take it out, or make the scheme internal.`,
    ),
    "IPv6 addresses of an IPv4 load balancer": wrong(
      "ipv6-addresses",
      "2001:db8::1",
      `only a dual-stack load balancer has them, and ${stops} Take it out, or set ip-address-type to dualstack.`,
    ),
    "a value that is no string": {
      change: (stack) => annotate(stack, { "healthcheck-port": 15021 as unknown as string }),
      finds: [`${here} healthcheck-port is no string: Kubernetes refuses the Service. Put the value in quotes.`],
    },
  },
  keeps: {
    "an Elastic IP for each zone": (stack) =>
      annotate(stack, { "eip-allocations": "eipalloc-1, eipalloc-2, eipalloc-3", subnets: undefined }),
    "Elastic IPs in a VPC that others make": (stack) => {
      annotate(stack, { "eip-allocations": "eipalloc-1", subnets: undefined });
      stack.remove("aws:ec2/vpc:Vpc");
    },
    "a health check's protocol in capitals": (stack) => annotate(stack, { "healthcheck-protocol": "HTTP" }),
    "a port of the Service by its name": (stack) => annotate(stack, { "healthcheck-port": "https" }),
    "several certificates": (stack) =>
      annotate(stack, {
        "ssl-cert": "arn:aws:acm:eu-west-1:1:certificate/1, arn:aws-cn:iam::1:server-certificate/2",
      }),
    "spaces between attributes": (stack) =>
      annotate(stack, { attributes: "deletion_protection.enabled=true, access_logs.s3.enabled=false" }),
    "a boolean as Go reads it": (stack) => annotate(stack, { "manage-backend-security-group-rules": "True" }),
    "plain text to the pods, by any name": (stack) => annotate(stack, { "backend-protocol": "TCP" }),
    "a name of 32 characters": (stack) => annotate(stack, { name: "a".repeat(32) }),
  },
});
