import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { balancersOf, listenersOf } from "../../../facts/edge/connections";
import { gatewaysOf } from "../../../facts/istio/gateways";

/** What is served by https is not served by plain http, too. */
export const httpsRedirect: Rule = {
  id: "IST-HTTPS-REDIRECT",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "public hosts redirect plain http to https",
  why: "Who follows an http:// address stays there: passwords and cookies cross the internet in the clear.",
  fix: "Set httpsRedirect on the Gateway's server for port 80.",
  codes: ["CIS EKS 5.4.5"],
  docs: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) =>
      check.each(gateway.get("spec", "servers").list(), (server) => judge(gateway, server, inventory, check)),
    ),
};

function judge(gateway: KubernetesObject, server: Value, inventory: Inventory, check: Check): void {
  if (!/^HTTP2?$/i.test(server.get("port", "protocol").text() ?? "")) return;
  const redirect = server.get("tls", "httpsRedirect");
  if (redirect.boolean() === true) return;
  for (const balancer of balancersOf(gateway, inventory)) {
    if (!balancer.isNetwork || balancer.scheme !== "internet-facing") continue;
    const open = listenersOf(server, balancer).find((port) => port.port !== 443 && !balancer.endsTls(port));
    if (!open || redirectsItself(gateway, inventory)) continue;
    check.violation(redirect, {
      message: `serves plain http to the internet on port ${open.port} of ${balancer.label}: passwords and cookies cross it in the clear.`,
      fix: "Set tls: {httpsRedirect: true} on this server.",
    });
  }
}

/** Whether a route of its own redirects. */
function redirectsItself(gateway: KubernetesObject, inventory: Inventory): boolean {
  const { known, unclear } = inventory.once(redirecting);
  // Reading these says what is unknown about them.
  return (
    known.has(gateway) || unclear.some((rule) => gatewaysOf(rule, inventory).includes(gateway) && isRedirect(rule))
  );
}

function redirecting(inventory: Inventory) {
  const rules = inventory.objects("VirtualService");
  const isUnclear = (rule: KubernetesObject) => {
    const gateways = rule.get("spec", "gateways");
    if (rule.namespace === undefined) return true;
    return gateways.isUnknown || gateways.list().some((one) => one.isUnknown) || hasUnknownRoute(rule);
  };
  const clear = rules.filter((rule) => !isUnclear(rule));
  return {
    known: new Set(clear.filter(isRedirect).flatMap((rule) => gatewaysOf(rule, inventory))),
    unclear: rules.filter(isUnclear),
  };
}

function hasUnknownRoute(rule: KubernetesObject): boolean {
  const routes = rule.get("spec", "http");
  return routes.isUnknown || routes.list().some((route) => route.get("redirect", "scheme").isUnknown);
}

function isRedirect(rule: KubernetesObject): boolean {
  const routes = rule.get("spec", "http").list();
  return routes.some((route) => route.get("redirect", "scheme").text() === "https");
}
