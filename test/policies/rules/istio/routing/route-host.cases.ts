import { routeHost } from "../../../../../policies/rules/istio/routing/route-host";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function reviews(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "reviews").spec;
}

export default cases(routeHost, {
  breaks: {
    "a slip in a Service's name": {
      change: (stack) => (reviews(stack).hosts = ["ratings", "revews"]),
      finds: [
        "VirtualService bookinfo/reviews: no Service revews exists in the namespace bookinfo, so nobody's requests to a Service follow these routes. Did you mean reviews? If somebody else deploys it, name \"Service bookinfo/revews\" under outside in the policies' configuration.",
      ],
    },
  },
  keeps: {
    "a name that clients write into a header": (stack) => (reviews(stack).hosts = ["critics"]),
    "a host outside the cluster, and one of others": (stack) =>
      (reviews(stack).hosts = ["api.example.org", "point.loyalty.svc.cluster.local"]),
    "a host on a gateway": (stack) =>
      Object.assign(reviews(stack), { hosts: ["revews"], gateways: ["istio-ingress/wildcard"] }),
  },
});
