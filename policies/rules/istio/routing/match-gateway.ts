import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { namedGateway, gatewayReferences } from "../../../facts/istio/gateways";
import { listed, namespaceOf } from "../../../facts/istio/objects";

/** A condition for a gateway is in a VirtualService of that gateway. */
export const matchGateway: Rule = {
  id: "IST-MATCH-GATEWAY",
  severity: "mandatory",
  title: "conditions name only gateways that their VirtualService is bound to",
  why: "A VirtualService reaches the gateways of its own list only: a condition for another one never holds, and its requests take the next rule or none.",
  fix: "Name the gateway in spec.gateways, too, or take it out of the condition.",
  codes: ["KIA1102"],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      // One without hosts is a delegate, whose gateways are its root's.
      if (rule.get("spec", "hosts").list().length === 0) return;
      check.each(conditions(rule), (match) => {
        const gateways = match.get("gateways").list();
        if (gateways.length > 0) judge(rule, match.get("gateways"), gateways, check);
      });
    }),
};

function conditions(rule: KubernetesObject): Value[] {
  const routes = ["http", "tls", "tcp"].flatMap((protocol) => rule.get("spec", protocol).list());
  return routes.flatMap((route) => route.get("match").list());
}

function judge(rule: KubernetesObject, at: Value, gateways: readonly Value[], check: Check): void {
  const bound = gatewayReferences(rule).map(({ reference }) => fullName(reference, rule));
  const own = gateways.map((value) => fullName(value.text() ?? "", rule));
  const unbound = own.filter((name) => !bound.includes(name));
  if (unbound.length === 0) return;
  const isLost = unbound.length === own.length;
  const those = `${listed(unbound)}, and its VirtualService is bound to ${listed(bound)} only`;
  check.violation(at, {
    message: isLost
      ? `the condition is for ${those}: it never holds, and its requests take another rule or none.`
      : `the condition is also for ${those}: from there it never holds.`,
    fix: `Write ${bound.length === 1 ? bound.join("") : `one of ${listed(bound)}`} here, or add ${listed(unbound)} to spec.gateways.`,
    ...(!isLost && { severity: "advisory" as const }),
  });
}

/** `mesh`, or the namespace, a slash and the name. */
function fullName(reference: string, rule: KubernetesObject): string {
  const name = namedGateway(reference, namespaceOf(rule));
  return name ? `${name.namespace}/${name.name}` : "mesh";
}
