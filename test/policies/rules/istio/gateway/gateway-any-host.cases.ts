import { gatewayAnyHost } from "../../../../../policies/rules/istio/gateway/gateway-any-host";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function servers(stack: StackDraft): Loose[] {
  return stack.object("Gateway", "istio-ingress", "wildcard").spec.servers;
}

export default cases(gatewayAnyHost, {
  breaks: {
    "any host": {
      change: (stack) => servers(stack)[1].hosts.push("*"),
      finds: [
        'Gateway istio-ingress/wildcard: host "*" takes whatever any VirtualService in the cluster claims, on port 443. List the hosts, or a wildcard of your domain; at the least, name the namespaces that may: "shop/*".',
      ],
    },
    "any host of any namespace": {
      change: (stack) => (servers(stack)[0].hosts = ["*/*"]),
      finds: [
        'Gateway istio-ingress/wildcard: host "*/*" takes whatever any VirtualService in the cluster claims, on port 80. List the hosts, or a wildcard of your domain; at the least, name the namespaces that may: "shop/*".',
      ],
    },
  },
  keeps: {
    "any host of one namespace": (stack) => (servers(stack)[0].hosts = ["bookinfo/*", "./*"]),
  },
});
