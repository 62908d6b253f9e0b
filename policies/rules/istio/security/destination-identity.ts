import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { clientTls, servicesFor, spoken, type ClientTls } from "../../../facts/istio/client-tls";
import { hasProxy } from "../../../facts/istio/injection";
import { rootNamespace } from "../../../facts/istio/mesh";
import { mtlsOf } from "../../../facts/istio/mtls";
import { isAnother, namespaceOf } from "../../../facts/istio/objects";
import {
  actionOf,
  asksForIdentity,
  authorizationRules,
  namesPorts,
  policiesFor,
  type AuthorizationRule,
} from "../../../facts/istio/policies";
import { exportedTo } from "../../../facts/istio/registry";
import { workloadsOf } from "../../../facts/istio/workloads";
import { KeyIndex } from "../../../facts/key-index";
import { assertKnown } from "../../../facts/kubernetes/selection";
import type { Workload } from "../../../facts/kubernetes/workload";

/** A DestinationRule leaves callers the identity that they are let in by. */
export const destinationIdentity: Rule = {
  id: "IST-DESTINATION-IDENTITY",
  severity: "mandatory",
  title: "no DestinationRule turns off the mesh's TLS where callers are let in by who they are",
  why: "A caller's identity is its certificate in the mesh's TLS: without that an ALLOW by principals or namespaces lets nobody in, and a DENY keeps nobody out.",
  fix: "Leave tls out: the mesh's own is used by itself.",
  codes: ["KIA0105"],
  docs: "https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const all = clientTls(rule).filter(({ mode, isOfSubset }) => mode !== "ISTIO_MUTUAL" && !isOfSubset);
      if (all.length === 0 || rule.get("spec", "workloadSelector").exists || !exportedTo(rule).has("*")) return;
      const services = servicesFor(rule, inventory).filter((service) => isForAll(rule, service, inventory));
      check.each(all, (tls) => {
        for (const service of services) if (judge(rule, tls, service, inventory, check)) return;
      });
    }),
};

/**
 * Whether all clients of a Service go by this rule. They look in their own namespace first, then in the Service's, then in
 * the mesh's root namespace: with another rule for the host anywhere, it depends on the client.
 */
function isForAll(rule: KubernetesObject, service: KubernetesObject, inventory: Inventory): boolean {
  const place = namespaceOf(rule);
  if (place !== namespaceOf(service) && place !== rootNamespace(inventory)) return false;
  const index = inventory.once(rulesByService);
  index.assertKnown();
  return !index.get(`${namespaceOf(service)}/${service.name}`).some((other) => isAnother(rule, other));
}

function rulesByService(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("DestinationRule"), (rule) =>
    servicesFor(rule, inventory).map((service) => `${namespaceOf(service)}/${service.name}`),
  );
}

/** Whether something was wrong: one finding a setting is enough. */
function judge(
  rule: KubernetesObject,
  tls: ClientTls,
  service: KubernetesObject,
  inventory: Inventory,
  check: Check,
): boolean {
  if (tls.port === undefined && hasOwnPorts(rule, service)) return false;
  const pods = workloadsOf(inventory, service);
  for (const workload of pods.found) {
    if (workload.isGateway || hasProxy(workload, inventory) !== true) continue;
    // IST-DESTINATION-MTLS and IST-AUTHZ-IDENTITY tell of what is worse.
    if (mtlsOf(inventory, workload).mode !== "PERMISSIVE") continue;
    const wrong = wrongFor(workload, tls.port !== undefined, inventory);
    if (!wrong) continue;
    check.violation(tls.value, {
      ...wrongValue(tls.value),
      message: `clients speak ${spoken(tls.mode)} to ${service.label}, so they have no identity there. ${wrong.policy.label} ${wrong.action === "DENY" ? "denies by identity: it keeps nobody out" : "allows by identity: it lets nobody in"}.`,
      fix: "Take tls out, or set mode: ISTIO_MUTUAL.",
    });
    return true;
  }
  assertKnown(pods);
  return false;
}

/** Settings for a port replace those for all. */
function hasOwnPorts(rule: KubernetesObject, service: KubernetesObject): boolean {
  const own = rule
    .get("spec", "trafficPolicy", "portLevelSettings")
    .list()
    .map((one) => one.get("port", "number").number());
  const ports = service.get("spec", "ports").list();
  return ports.some((port) => own.includes(port.get("port").number()));
}

/** A policy that needs an identity: a DENY, or an ALLOW if none other lets callers in without. */
function wrongFor(workload: Workload, isForPort: boolean, inventory: Inventory) {
  const policies = policiesFor("AuthorizationPolicy", workload, inventory);
  const isBlind = (rule: AuthorizationRule) => asksForIdentity(rule) && !(isForPort && namesPorts(rule));
  const withAction = (action: string) =>
    policies
      .filter((policy) => actionOf(policy) === action)
      .map((policy) => ({ policy, action, rules: authorizationRules(policy) }));
  const allowing = withAction("ALLOW").filter(({ rules }) => rules.length > 0);
  if (allowing.length > 0 && allowing.every(({ rules }) => rules.every(isBlind))) return allowing[0];
  return withAction("DENY").find(({ rules }) => rules.some(isBlind));
}
