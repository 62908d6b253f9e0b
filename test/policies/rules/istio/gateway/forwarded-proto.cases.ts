import { forwardedProto } from "../../../../../policies/rules/istio/gateway/forwarded-proto";
import { cases } from "../../../cases";
import { annotate, productpage } from "../../edge/objects";

const finds = [
  "VirtualService bookinfo/productpage.ingress: doesn't set x-forwarded-proto, and TLS ends at the load balancer: the application believes that its users came by http. Add headers: {request: {set: {x-forwarded-proto: https}}} to this route.",
];

export default cases(forwardedProto, {
  breaks: {
    "a route without headers": { change: (stack) => delete productpage(stack).http[0].headers, finds },
    "a route that sets another header": {
      change: (stack) => (productpage(stack).http[0].headers.request.set = { "x-other": "https" }),
      finds,
    },
    "one of two destinations": {
      change: (stack) => {
        const [route] = productpage(stack).http;
        route.route.push({ ...route.route[0], headers: route.headers });
        delete route.headers;
      },
      finds,
    },
  },
  keeps: {
    "each destination for itself": (stack) => {
      const [route] = productpage(stack).http;
      route.route[0].headers = { request: { set: { "X-Forwarded-Proto": "https" } } };
      delete route.headers;
    },
    "a redirect": (stack) => (productpage(stack).http = [{ redirect: { uri: "/productpage", scheme: "https" } }]),
    "a host inside the mesh": (stack) => {
      productpage(stack).gateways = ["mesh"];
      delete productpage(stack).http[0].headers;
    },
    "no TLS at the load balancer": (stack) => {
      annotate(stack, { "ssl-cert": undefined });
      delete productpage(stack).http[0].headers;
    },
  },
});
