import type { Rule } from "../../../engine/rule";
import { serverHost } from "../../../facts/istio/gateways";

/** A Gateway lists its hosts. */
export const gatewayAnyHost: Rule = {
  id: "IST-GATEWAY-ANY-HOST",
  severity: "advisory",
  title: "a Gateway lists the hosts that it takes",
  why: 'With "*" any team\'s VirtualService can take any host on the public gateway, yours too.',
  fix: "List the hosts, or a wildcard of your own domain.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/best-practices/security/#avoid-overly-broad-hosts-configurations",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      for (const server of gateway.get("spec", "servers").list())
        check.each(server.get("hosts").list(), (host) => {
          const text = host.text() ?? "";
          const taken = serverHost(text, gateway);
          // A namespace before it keeps others out.
          if (taken.host !== "*" || taken.namespace !== "*") return;
          check.violation(host, {
            message: `host "${text}" takes whatever any VirtualService in the cluster claims, on port ${server.get("port", "number").number() ?? "?"}.`,
            fix: `List the hosts, or a wildcard of your domain; at the least, name the namespaces that may: "shop/*".`,
          });
        });
    }),
};
