import { httpChallenge } from "../../../../../policies/rules/istio/gateway/http-challenge";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

/** A Certificate of an issuer with these solvers. */
function certificate(stack: StackDraft, dnsNames: readonly string[], solvers: readonly Loose[], kind: string): void {
  const namespace = "istio-ingress";
  stack.add({
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "shop", namespace },
    spec: { secretName: "shop-tls", dnsNames, issuerRef: { name: "letsencrypt", kind } },
  } as Loose);
  stack.add({
    apiVersion: "cert-manager.io/v1",
    kind,
    metadata: { name: "letsencrypt", ...(kind === "Issuer" && { namespace }) },
    spec: { acme: { solvers } },
  } as Loose);
}

const byIngress = { http01: { ingress: { ingressClassName: "istio" } } };

function redirected(host: string, issuer: string): string {
  return `Certificate istio-ingress/shop: "${host}" is proved over plain http (http01 of ${issuer}), and Gateway istio-ingress/wildcard redirects that to https on port 80: the solver never gets the request, and the first certificate is never issued. Use a dns01 solver; or take httpsRedirect out, and redirect all paths but /.well-known/acme-challenge/ in a VirtualService.`;
}

export default cases(httpChallenge, {
  breaks: {
    "a host below a wildcard that is redirected": {
      change: (stack) => certificate(stack, ["shop.example.com", "example.org"], [byIngress], "ClusterIssuer"),
      finds: [redirected("shop.example.com", "ClusterIssuer letsencrypt")],
    },
    "a host that is redirected itself": {
      change: (stack) => certificate(stack, ["example.com"], [byIngress], "Issuer"),
      finds: [redirected("example.com", "Issuer istio-ingress/letsencrypt")],
    },
  },
  keeps: {
    "a solver by DNS for some": (stack) =>
      certificate(stack, ["shop.example.com"], [byIngress, { dns01: {} }], "Issuer"),
    "a solver on a Gateway of the Gateway API": (stack) =>
      certificate(stack, ["shop.example.com"], [{ http01: { gatewayHTTPRoute: {} } }], "Issuer"),
    "no redirect": (stack) => {
      certificate(stack, ["shop.example.com"], [byIngress], "Issuer");
      delete stack.object("Gateway", "istio-ingress", "wildcard").spec.servers[0].tls;
    },
    "another kind of issuer": (stack) => {
      certificate(stack, ["shop.example.com"], [byIngress], "Issuer");
      stack.object("Certificate", "istio-ingress", "shop").spec.issuerRef.kind = "AWSPCAIssuer";
    },
    "an issuer that isn't here": (stack) => {
      certificate(stack, ["shop.example.com"], [byIngress], "Issuer");
      stack.remove("Issuer", "letsencrypt");
    },
  },
});
