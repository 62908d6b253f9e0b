import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { gatewaysOf, serverHost } from "../../../facts/istio/gateways";
import { listed, textsOf } from "../../../facts/istio/objects";
import { actionOf, hasTarget, policiesFor } from "../../../facts/istio/policies";
import { proxiesOf } from "../../../facts/istio/servers";
import { assertKnown } from "../../../facts/kubernetes/selection";

/**
 * A policy that lets nothing in, meant for applications, is for the gateway's pods, too, if it stands in the root namespace.
 * Without another that allows, no host of theirs is reached.
 */
export const authzGateway: Rule = {
  id: "IST-AUTHZ-GATEWAY",
  severity: "mandatory",
  title: "an AuthorizationPolicy that lets nothing in leaves gateways a policy that does",
  why: "One in the root namespace is for gateways, too: each host that they serve answers 403.",
  fix: "Add an ALLOW policy for the gateway's pods, in their namespace.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      if (hasTarget(policy) || isDryRun(policy) || actionOf(policy) !== "ALLOW") return;
      const rules = policy.get("spec", "rules");
      if (rules.list().length > 0) return;
      for (const gateway of servingGateways(inventory)) {
        if (!isShut(gateway, policy, inventory)) continue;
        check.violation(policy.get("spec"), {
          message: `lets nothing in, is for the pods of Gateway ${gateway.namespace ?? ""}/${gateway.name}, too, and no other policy allows them anything: ${listed(hostsOf(gateway))} answer 403.`,
          fix: "Add an AuthorizationPolicy to the gateway's namespace whose selector has its pods' labels, with the rules of what may come in: rules: [{}] is everybody.",
        });
      }
    }),
};

/** Gateways that a VirtualService here is bound to. */
function servingGateways(inventory: Inventory): readonly KubernetesObject[] {
  const rules = inventory.objects("VirtualService");
  return [...new Set(rules.flatMap((rule) => gatewaysOf(rule, inventory)))];
}

/** Whether a policy that lets nothing in is for all pods of a Gateway, and no other lets in anything. */
function isShut(gateway: KubernetesObject, policy: KubernetesObject, inventory: Inventory): boolean {
  const proxies = proxiesOf(gateway, inventory);
  const { found } = proxies;
  if (found.length === 0) assertKnown(proxies);
  return (
    found.length > 0 &&
    found.every((pods) => {
      const policies = policiesFor("AuthorizationPolicy", pods, inventory);
      return (
        policies.includes(policy) &&
        policies.every(
          (each) => isDryRun(each) || actionOf(each) !== "ALLOW" || each.get("spec", "rules").list().length === 0,
        )
      );
    })
  );
}

function hostsOf(gateway: KubernetesObject): ReadonlySet<string> {
  const servers = gateway.get("spec", "servers").list();
  return new Set(
    servers.flatMap((server) => textsOf(server.get("hosts")).map((host) => serverHost(host, gateway).host)),
  );
}

/** Whether a policy is only tried: the proxy writes down what it would do. @see https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/ */
function isDryRun(policy: KubernetesObject): boolean {
  return policy.annotations.get("istio.io/dry-run").text() === "true";
}
