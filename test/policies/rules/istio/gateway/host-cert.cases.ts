import { hostCertificate } from "../../../../../policies/rules/istio/gateway/host-cert";
import { unknown } from "../../../../../policies/engine/value";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { addWaiting, annotate, productpage, servers, urnOf, waitFor } from "../../edge/objects";

const here = "VirtualService bookinfo/productpage.ingress:";
const certificateType = "aws:acm/certificate:Certificate";

/** A second domain's certificate, beside the first or not even on the load balancer. */
function second(stack: StackDraft, isOnBalancer: boolean): void {
  stack.addResource(certificateType, "second", { domainName: "*.example.org" });
  const urn = urnOf(stack, certificateType, "second");
  if (isOnBalancer) waitFor(stack, "eks-istio-dev-istio-ingress/istio-ingress", (urns) => [...urns, urn]);
  productpage(stack).hosts = ["shop.example.org", "bookinfo.example.com"];
}

export default cases(hostCertificate, {
  breaks: {
    "a host two labels below the domain": {
      change: (stack) => (productpage(stack).hosts = ["a.b.example.com"]),
      finds: [
        `${here} host "a.b.example.com" is not covered by the certificate (*.example.com, example.com): browsers will refuse it. Use a one-label host, or add "*.b.example.com" to domain.certificate.names.`,
      ],
    },
    "the domain itself, which a wildcard doesn't stand for": {
      change: (stack) => {
        delete stack.resource(certificateType).subjectAlternativeNames;
        productpage(stack).hosts.push("example.com");
        for (const server of servers(stack)) server.hosts.pop();
      },
      finds: [
        `${here} host "example.com" is not covered by the certificate (*.example.com): browsers will refuse it. Add "example.com" to domain.certificate.names.`,
      ],
    },
    "a host of the Gateway's": {
      change: (stack) => servers(stack)[1].hosts.push("bookinfo/*.b.example.com"),
      finds: [
        'Gateway istio-ingress/wildcard: host "*.b.example.com" is not covered by the certificate (*.example.com, example.com): browsers will refuse it. Add "*.b.example.com" to domain.certificate.names, or take the host out.',
      ],
    },
    "a host below no certificate of several": {
      change: (stack) => {
        second(stack, true);
        productpage(stack).hosts = ["a.shop.example.org"];
      },
      finds: [
        `${here} host "a.shop.example.org" is not covered by the certificate (*.example.com, example.com, *.example.org): browsers will refuse it. Use a one-label host, or add "*.shop.example.org" to the certificate's names.`,
      ],
    },
    "a host below a further domain of the stack's": {
      change: (stack) => {
        const type = "eks-istio:stage:Certificate";
        const domain = stack.resources.find((one) => one.type === type)!;
        const urn = "urn:pulumi:dev::eks-istio::further";
        stack.resources.push({ ...domain, urn, name: "further" });
        second(stack, true);
        stack.resources = stack.resources.map((one) => (one.name === "second" ? { ...one, parent: urn } : one));
        productpage(stack).hosts = ["a.shop.example.org"];
      },
      finds: [
        `${here} host "a.shop.example.org" is not covered by the certificate (*.example.com, example.com, *.example.org): browsers will refuse it. Use a one-label host, or add "*.shop.example.org" to domain.additional[0].certificate.names.`,
      ],
    },
    "a certificate that isn't on the load balancer": {
      change: (stack) => second(stack, false),
      finds: [
        `${here} host "shop.example.org" is covered by a certificate for *.example.org, but that isn't on its load balancer (*.example.com, example.com are): browsers will refuse it. Add that certificate's ARN to ssl-cert.`,
      ],
    },
  },
  keeps: {
    "another wildcard on the certificate": (stack) => {
      stack.resource(certificateType).subjectAlternativeNames.push("*.b.example.com");
      productpage(stack).hosts = ["a.b.example.com", "bookinfo.EXAMPLE.com"];
    },
    "a second certificate on the load balancer": (stack) => second(stack, true),
    "a host inside the mesh": (stack) => (productpage(stack).gateways = ["mesh"]),
    "TLS that ends at the gateway": (stack) => {
      annotate(stack, { "ssl-cert": undefined, "ssl-ports": undefined });
      servers(stack)[1].tls = { credentialName: "own" };
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "a redirect for a host, which carries no certificate": (stack) => servers(stack)[0].hosts.push("*.b.example.com"),
    "any host": (stack) => (servers(stack)[1].hosts = ["*"]),
    "a domain whose certificate is given by its ARN": (stack) => (productpage(stack).hosts = ["shop.example.org"]),
    "a certificate of others beside the stack's": (stack) => {
      annotate(stack, {
        "ssl-cert": "arn:aws:acm:eu-west-1:123456789012:certificate/1,arn:aws:acm:eu-west-1:123456789012:certificate/2",
      });
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "a domain below the first whose certificate is given by its ARN": (stack) => {
      addWaiting(stack, "aws:route53/record:Record", "b", { name: "*.b.example.com", type: "A" }, []);
      servers(stack)[1].hosts.push("*.b.example.com");
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "names that aren't known yet": (stack) => {
      stack.resource(certificateType).subjectAlternativeNames = unknown;
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "no certificate in the stack": (stack) => {
      stack.remove(certificateType);
      productpage(stack).hosts = ["a.b.example.com"];
    },
  },
});
