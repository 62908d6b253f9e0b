import { redirectLoop } from "../../../../../policies/rules/istio/gateway/redirect-loop";
import { cases } from "../../../cases";
import { annotate, productpage, servers, service } from "../../edge/objects";

const round = "and browsers go round and round.";
const balancer = "Service istio-ingress/istio-ingress";

export default cases(redirectLoop, {
  breaks: {
    "a redirect on the server behind TLS": {
      change: (stack) => (servers(stack)[1].tls = { httpsRedirect: true }),
      finds: [
        `Gateway istio-ingress/wildcard: redirects to https what comes by https already: TLS ends at port 443 of ${balancer}, ${round} Take httpsRedirect out of this server, and set it on the one for port 80.`,
      ],
    },
    "a redirect on a server that shares its targetPort": {
      change: (stack) => (service(stack).spec.ports[0].targetPort = 8443),
      finds: [
        `Gateway istio-ingress/wildcard: redirects what comes by https, too: ports 80 and 443 of ${balancer} share the targetPort 8443, so istiod makes one listener of both, ${round} Give port 80 a targetPort of its own.`,
      ],
    },
    "a route that redirects everything": {
      change: (stack) => (productpage(stack).http[0] = { redirect: { scheme: "https" } }),
      finds: [
        `VirtualService bookinfo/productpage.ingress: redirects to https what comes by https already: TLS ends at ${balancer}, ${round} Take this redirect out, and set httpsRedirect on the Gateway's server for port 80.`,
      ],
    },
  },
  keeps: {
    "a redirect to another path": (stack) =>
      (productpage(stack).http[0] = { redirect: { scheme: "https", uri: "/productpage" } }),
    "a route that redirects port 80": (stack) =>
      (productpage(stack).http[0] = { match: [{ port: 80 }], redirect: { scheme: "https" } }),
    "a redirect inside the mesh": (stack) => {
      productpage(stack).gateways = ["mesh"];
      productpage(stack).http[0] = { redirect: { scheme: "https" } };
    },
    "TLS that ends at the gateway": (stack) => {
      annotate(stack, { "ssl-cert": undefined });
      servers(stack)[1].tls = { httpsRedirect: true };
    },
  },
});
