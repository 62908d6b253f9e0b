import { hostCertificate } from "../../../../policies/rules/edge/host-cert";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

function productpage(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "productpage.ingress").spec;
}

export default cases(hostCertificate, {
  breaks: {
    "a host two labels below the domain": {
      change: (stack) => (productpage(stack).hosts = ["a.b.example.com"]),
      finds: [
        'VirtualService bookinfo/productpage.ingress: host "a.b.example.com" is not covered by the certificate (*.example.com, example.com): browsers will refuse it. Use a one-label host, or add "*.b.example.com" to domain.certificate.names.',
      ],
    },
    "the domain itself, which a wildcard doesn't stand for": {
      change: (stack) => {
        delete stack.resource("aws:acm/certificate:Certificate").subjectAlternativeNames;
        productpage(stack).hosts.push("example.com");
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: host "example.com" is not covered by the certificate (*.example.com): browsers will refuse it. Add "example.com" to domain.certificate.names.',
      ],
    },
  },
  keeps: {
    "another wildcard on the certificate": (stack) => {
      stack.resource("aws:acm/certificate:Certificate").subjectAlternativeNames.push("*.b.example.com");
      productpage(stack).hosts = ["a.b.example.com", "bookinfo.EXAMPLE.com"];
    },
    "a host inside the mesh": (stack) => (productpage(stack).gateways = ["mesh"]),
    "a gateway with certificates of its own": (stack) => {
      stack.object("Gateway", "istio-ingress", "wildcard").spec.servers[1].tls = { credentialName: "own" };
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "a domain whose certificate is given by its ARN": (stack) => (productpage(stack).hosts = ["shop.example.org"]),
    "no certificate in the stack": (stack) => {
      stack.remove("aws:acm/certificate:Certificate");
      productpage(stack).hosts = ["a.b.example.com"];
    },
  },
});
