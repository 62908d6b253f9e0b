import { trustedProxies } from "../../../../../policies/rules/istio/gateway/trusted-proxies";
import { cases } from "../../../cases";
import { gatewayRelease } from "../../edge/objects";

function finds(count: string): string[] {
  return [
    `Service istio-ingress/istio-ingress: the pods of Release istio-ingress/istio-ingress trust ${count} in front (numTrustedProxies), but a Network Load Balancer is none: clients make up their own X-Forwarded-For. Take numTrustedProxies out, unless a CDN or another HTTP proxy stands in front.`,
  ];
}

export default cases(trustedProxies, {
  breaks: {
    "the mesh's configuration": {
      change: (stack) => (stack.values("istiod").meshConfig.defaultConfig.gatewayTopology = { numTrustedProxies: 1 }),
      finds: finds("1 proxy"),
    },
    "the pods' own": {
      change: (stack) =>
        (gatewayRelease(stack).values.podAnnotations = {
          "proxy.istio.io/config": "gatewayTopology: {numTrustedProxies: 2}",
        }),
      finds: finds("2 proxies"),
    },
  },
  keeps: {
    "a CDN in front": (stack) => {
      stack.values("istiod").meshConfig.defaultConfig.gatewayTopology = { numTrustedProxies: 1 };
      stack.addResource("aws:cloudfront/distribution:Distribution", "cdn", {});
    },
    "none, in so many words": (stack) =>
      (stack.values("istiod").meshConfig.defaultConfig.gatewayTopology = { numTrustedProxies: 0 }),
    "a configuration that can't be read": (stack) =>
      (gatewayRelease(stack).values.podAnnotations = { "proxy.istio.io/config": "{" }),
  },
});
