import { nlbAlpn } from "../../../../policies/rules/edge/nlb-alpn";
import { cases } from "../../cases";
import { annotate, servers } from "./objects";

const here = "Service istio-ingress/istio-ingress: ends TLS and";

export default cases(nlbAlpn, {
  breaks: {
    "no policy": {
      change: (stack) => annotate(stack, { "alpn-policy": undefined }),
      finds: [`${here} negotiates no protocol: browsers fall back to HTTP/1.1. Set alpn-policy to "HTTP2Preferred".`],
    },
    "HTTP/1.1 only, before a host of gRPC": {
      change: (stack) => {
        annotate(stack, { "alpn-policy": "HTTP1Only" });
        stack.object("Service", "bookinfo", "productpage").spec.ports[0].name = "grpc-web1";
        stack.object("Service", "bookinfo", "productpage").spec.ports[0].appProtocol = "grpc";
      },
      finds: [
        `${here} negotiates HTTP/1.1 only: browsers fall back to HTTP/1.1, and gRPC clients of bookinfo.example.com can't connect. Set alpn-policy to "HTTP2Preferred".`,
      ],
    },
  },
  keeps: {
    "HTTP/2 if the client must": (stack) => annotate(stack, { "alpn-policy": "HTTP2Optional" }),
    "TLS that ends at the gateway": (stack) => annotate(stack, { "alpn-policy": undefined, "ssl-cert": undefined }),
    "a server of something else": (stack) => {
      annotate(stack, { "alpn-policy": undefined });
      servers(stack)[1].port.protocol = "TCP";
    },
  },
});
