import { httpsRedirect } from "../../../../../policies/rules/istio/gateway/https-redirect";
import { cases } from "../../../cases";
import { annotate, productpage, servers } from "../../edge/objects";

const finds = [
  "Gateway istio-ingress/wildcard: serves plain http to the internet on port 80 of Service istio-ingress/istio-ingress: passwords and cookies cross it in the clear. Set tls: {httpsRedirect: true} on this server.",
];

export default cases(httpsRedirect, {
  breaks: {
    "a server that doesn't redirect": {
      change: (stack) => delete servers(stack)[0].tls,
      finds,
      severity: "advisory",
    },
    "a server that users are served by": {
      change: (stack) => (servers(stack)[0].tls.httpsRedirect = false),
      finds,
      severity: "mandatory",
      sample: "prod",
    },
  },
  keeps: {
    "an internal load balancer": (stack) => {
      annotate(stack, { scheme: "internal" });
      delete servers(stack)[0].tls;
    },
    "a route that redirects": (stack) => {
      delete servers(stack)[0].tls;
      productpage(stack).http.unshift({ match: [{ port: 80 }], redirect: { scheme: "https" } });
    },
    "a server of something else": (stack) => {
      delete servers(stack)[0].tls;
      servers(stack)[0].port.protocol = "TCP";
    },
  },
});
