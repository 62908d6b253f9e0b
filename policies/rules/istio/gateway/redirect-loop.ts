import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import type { Balancer } from "../../../facts/edge/balancer";
import { balancersOf, listenersOf } from "../../../facts/edge/connections";
import { gatewaysOf } from "../../../facts/istio/gateways";

/** Nothing redirects to https what already came by https. */
export const redirectLoop: Rule = {
  id: "IST-REDIRECT-LOOP",
  severity: "mandatory",
  title: "what came by https is not redirected to https",
  why: "Where TLS ends at the load balancer everything looks like plain HTTP to the gateway: a redirect sends browsers round and round until they give up.",
  fix: "Redirect on the server of port 80 only, with a targetPort of its own.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/common-problems/network-issues/",

  judge: (inventory, check) => {
    check.each(inventory.objects("Gateway"), (gateway) =>
      check.each(gateway.get("spec", "servers").list(), (server) => judgeServer(gateway, server, inventory, check)),
    );
    check.each(inventory.objects("VirtualService"), (rule) =>
      check.each(rule.get("spec", "http").list(), (route) => judgeRoute(rule, route, inventory, check)),
    );
  },
};

function judgeServer(gateway: KubernetesObject, server: Value, inventory: Inventory, check: Check): void {
  const redirect = server.get("tls", "httpsRedirect");
  if (redirect.boolean() !== true) return;
  for (const balancer of balancersOf(gateway, inventory)) {
    if (!balancer.isNetwork || balancer.encryptsAgain) continue;
    for (const own of listenersOf(server, balancer)) {
      const mixed = balancer.ports.find((port) => port.targetPort === own.targetPort && balancer.endsTls(port));
      const looping = balancer.endsTls(own) ? own : mixed;
      if (!looping) continue;
      check.violation(redirect, {
        message:
          looping === own
            ? `redirects to https what comes by https already: TLS ends at port ${own.port} of ${balancer.label}, and browsers go round and round.`
            : `redirects what comes by https, too: ports ${own.port} and ${looping.port} of ${balancer.label} share the targetPort ${own.targetPort ?? "of that name"}, so istiod makes one listener of both, and browsers go round and round.`,
        fix:
          looping === own
            ? "Take httpsRedirect out of this server, and set it on the one for port 80."
            : `Give port ${own.port} a targetPort of its own.`,
      });
    }
  }
}

/** A redirect that changes nothing but the scheme, for what comes by https as well. */
function judgeRoute(rule: KubernetesObject, route: Value, inventory: Inventory, check: Check): void {
  const redirect = route.get("redirect");
  if (redirect.get("scheme").text() !== "https") return;
  if (["uri", "authority", "port"].some((key) => redirect.get(key).exists)) return;
  const matches = route.get("match").list();
  if (matches.length > 0 && matches.every((match) => match.get("port").exists || match.get("scheme").exists)) return;
  const balancer = gatewaysOf(rule, inventory)
    .flatMap((gateway) => terminating(gateway, inventory))
    .at(0);
  if (!balancer) return;
  check.violation(redirect, {
    message: `redirects to https what comes by https already: TLS ends at ${balancer.label}, and browsers go round and round.`,
    fix: "Take this redirect out, and set httpsRedirect on the Gateway's server for port 80.",
  });
}

/** Load balancers that end TLS for a server of this Gateway. */
function terminating(gateway: KubernetesObject, inventory: Inventory): Balancer[] {
  const servers = gateway.get("spec", "servers").list();
  return balancersOf(gateway, inventory).filter(
    (balancer) =>
      balancer.isNetwork &&
      !balancer.encryptsAgain &&
      servers.some((server) => listenersOf(server, balancer).some((listener) => balancer.endsTls(listener))),
  );
}
