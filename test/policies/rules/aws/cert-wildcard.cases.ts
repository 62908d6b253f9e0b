import { certWildcard } from "../../../../policies/rules/aws/cert-wildcard";
import { cases } from "../../cases";

const type = "aws:acm/certificate:Certificate";
const says = (name: string) =>
  `acm Certificate eks-istio-dev-domain-example.com-certificate: is for "${name}": whoever gets hold of its key can pose as any host there. Name the hosts instead.`;

export default cases(certWildcard, {
  breaks: {
    "the sample's own domain": {
      change: () => undefined,
      finds: [says("*.example.com")],
    },
    "a further name": {
      change: (stack) =>
        Object.assign(stack.resource(type), {
          domainName: "example.com",
          subjectAlternativeNames: ["www.example.com", "*.shop.example.com"],
        }),
      finds: [says("*.shop.example.com")],
    },
  },
  keeps: {
    "named hosts": (stack) =>
      Object.assign(stack.resource(type), {
        domainName: "example.com",
        subjectAlternativeNames: ["bookinfo.example.com"],
      }),
  },
});
