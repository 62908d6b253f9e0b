import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { balancersOf, listenersOf } from "../../../facts/edge/connections";
import { gatewaysOf } from "../../../facts/istio/gateways";

/** Applications learn that their users came by https. */
export const forwardedProto: Rule = {
  id: "IST-FORWARDED-PROTO",
  severity: "advisory",
  title: "applications behind TLS that ends at the load balancer are told that users came by https",
  why: "The gateway sees plain HTTP and says so in X-Forwarded-Proto: applications then write http:// links, refuse to set secure cookies, or redirect for ever.",
  fix: "Set x-forwarded-proto to https in headers.request.set of the route.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      const isDecrypted = gatewaysOf(rule, inventory).some((gateway) => isBehindTls(gateway, inventory));
      if (!isDecrypted) return;
      check.each(rule.get("spec", "http").list(), (route) => {
        const targets = route.get("route").list();
        if (targets.length === 0 || sets(route) || targets.every(sets)) return;
        check.violation(route, {
          message:
            "doesn't set x-forwarded-proto, and TLS ends at the load balancer: the application believes that its users came by http.",
          fix: "Add headers: {request: {set: {x-forwarded-proto: https}}} to this route.",
        });
      });
    }),
};

/** Whether a route, or one of its destinations, sets the header. */
function sets(holder: Value): boolean {
  return holder
    .get("headers", "request", "set")
    .entries()
    .some(([key]) => key.toLowerCase() === "x-forwarded-proto");
}

function isBehindTls(gateway: KubernetesObject, inventory: Inventory): boolean {
  const servers = gateway.get("spec", "servers").list();
  return balancersOf(gateway, inventory).some(
    (balancer) =>
      balancer.isNetwork &&
      !balancer.encryptsAgain &&
      servers.some((server) => listenersOf(server, balancer).some((listener) => balancer.endsTls(listener))),
  );
}
