import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import type { Balancer, BalancerPort } from "../../../facts/edge/balancer";
import { balancersOf, listenersOf } from "../../../facts/edge/connections";

/** TLS ends once: at the load balancer or at the Gateway's server, unless the one encrypts again for the other. */
export const tlsEnd: Rule = {
  id: "IST-TLS-END",
  severity: "mandatory",
  title: "load balancer and Gateway agree on which of them ends TLS",
  why: "A server that waits for TLS resets plaintext from the load balancer, and one that expects plaintext answers a browser's handshake with an error: every request fails.",
  fix: "Behind TLS that ends at the load balancer, make the Gateway's server HTTP; where the pods end TLS, pass it through.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/gateway/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) =>
      check.each(gateway.get("spec", "servers").list(), (server) => judge(gateway, server, inventory, check)),
    ),
};

function judge(gateway: KubernetesObject, server: Value, inventory: Inventory, check: Check): void {
  const protocol = server.get("port", "protocol").text()?.toUpperCase() ?? "";
  for (const balancer of balancersOf(gateway, inventory)) {
    if (!balancer.isNetwork) continue;
    for (const listener of listenersOf(server, balancer)) {
      const violation = disagreement(protocol, listener, balancer);
      if (violation) check.violation(server.get("port", "protocol"), violation);
    }
  }
}

function disagreement(protocol: string, listener: BalancerPort, balancer: Balancer): Violation | undefined {
  const wantsTls = protocol === "HTTPS" || protocol === "TLS";
  const where = `port ${listener.port} of ${balancer.label}`;
  if (balancer.endsTls(listener)) {
    if (wantsTls && !balancer.encryptsAgain)
      return {
        message: `TLS ends at ${where}, so this server gets plaintext, yet its protocol is ${protocol}: it resets every connection.`,
        fix: 'Make the protocol HTTP and take out tls; or set backend-protocol to "ssl" to encrypt again.',
      };
    if (!wantsTls && balancer.encryptsAgain)
      return {
        message: `${where} encrypts again (backend-protocol ssl), yet this server's protocol is ${protocol}: it can't read what it gets.`,
        fix: 'Set backend-protocol to "tcp", or give this server the protocol HTTPS and a certificate.',
      };
    return undefined;
  }
  // Plain HTTP is at home on other ports.
  if (listener.port === 443 && listener.protocol !== "UDP" && protocol.startsWith("HTTP") && !wantsTls)
    return {
      message: `nobody ends TLS: ${where} passes it through, and this server's protocol is ${protocol}, so every https:// address fails.`,
      fix: "Give the load balancer a certificate (ssl-cert, ssl-ports), or make this server HTTPS with a credentialName.",
    };
  return undefined;
}
