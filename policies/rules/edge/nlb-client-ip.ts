import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { balancers, targetTypeOf, type Balancer } from "../../facts/edge/balancer";
import { podsBehind } from "../../facts/edge/connections";
import { mayBeIn, namespaceOf } from "../../facts/kubernetes/names";
import { rootNamespace } from "../../facts/istio/mesh";
import { authorizationRules, hasTarget, policiesFor, selectorOf } from "../../facts/istio/policies";
import { proxyConfigOf } from "../../facts/istio/proxy-config";
import type { Workload } from "../../facts/kubernetes/workload";

/** Applications learn who their clients are. */
export const nlbClientIp: Rule = {
  id: "AWS-NLB-CLIENT-IP",
  severity: "advisory",
  title: "the gateway sees clients' addresses, not the load balancer's or a node's",
  why: "Without them logs name the load balancer as the client of every request, and rules about addresses let in everybody or nobody.",
  fix: "Set preserve_client_ip.enabled=true in aws-load-balancer-target-group-attributes, or use PROXY protocol.",
  codes: [],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.exists || balancer.sendsProxyProtocol) return;
      // Another controller's, by its name.
      if (!balancer.isNetwork && balancer.spec.get("loadBalancerClass").exists) return;
      const loss = lossOf(balancer, inventory);
      if (!loss) return;
      const policy = addressPolicy(balancer, inventory);
      // What is wrong with others, AWS-NLB-CONTROLLER says.
      if (!policy && !balancer.isNetwork) return;
      check.violation(loss.at, {
        message: `${loss.what}${policy ? `, and ${policy.label} lets in everybody or nobody` : ""}.`,
        fix: loss.fix,
        ...(policy && { severity: "mandatory" as const }),
      });
    }),
};

interface Loss {
  readonly at: Value;
  readonly what: string;
  readonly fix: string;
}

/** How clients' addresses get lost on the way; undefined if they don't. */
function lossOf(balancer: Balancer, inventory: Inventory): Loss | undefined {
  const type = targetTypeOf(balancer, inventory);
  if (type === undefined) return undefined;
  const traffic = balancer.spec.get("externalTrafficPolicy");
  if (type === "instance" && traffic.text() !== "Local")
    return {
      at: traffic,
      what: `reaches pods over node ports, and ${traffic.exists ? `externalTrafficPolicy ${traffic.text() ?? ""}` : "externalTrafficPolicy's default, Cluster,"} puts the node's address into the place of the client's: applications take a node for every client`,
      fix: 'Set externalTrafficPolicy to "Local", or nlb-target-type to "ip" with preserve_client_ip.enabled=true in aws-load-balancer-target-group-attributes.',
    };
  const own = balancer.map("target-group-attributes").get("preserve_client_ip.enabled");
  // Node ports preserve addresses by default.
  if (own === "true" || (own === undefined && type === "instance")) return undefined;
  return {
    at: balancer.annotation("target-group-attributes"),
    what: `${own === undefined ? "doesn't preserve clients' addresses, which is the default for pods as targets" : "has client addresses switched off"}: applications take the load balancer for every client`,
    fix: `Add preserve_client_ip.enabled=true to aws-load-balancer-target-group-attributes${balancer.setting("preserveClientIp")}.`,
  };
}

/** A policy of the pods behind it that goes by clients' addresses. */
function addressPolicy(balancer: Balancer, inventory: Inventory): KubernetesObject | undefined {
  const pods = podsBehind(balancer, inventory);
  if (pods.length === 0)
    return policiesOfUnseen(balancer, inventory).find((policy) => goesByAddress(policy, connections));
  for (const one of pods) {
    const fields = trustsNobody(one, inventory) ? [...connections, ...requests] : connections;
    const found = policiesFor("AuthorizationPolicy", one, inventory).find((policy) => goesByAddress(policy, fields));
    if (found) return found;
  }
  return undefined;
}

/** Policies for pods that nobody sees here: what a Service selects they all carry. */
function policiesOfUnseen(balancer: Balancer, inventory: Inventory): KubernetesObject[] {
  const { namespace, selector } = balancer;
  const places = new Set([namespace, rootNamespace(inventory)]);
  return [...places]
    .flatMap((place) => mayBeIn("AuthorizationPolicy", place, inventory).filter((one) => namespaceOf(one) === place))
    .filter((policy) => !hasTarget(policy))
    .filter((policy) => Object.entries(selectorOf(policy).texts()).every(([key, value]) => selector[key] === value));
}

/** Where a policy says from where connections come, and requests: behind proxies that are trusted these differ. */
const connections = ["ipBlocks", "notIpBlocks", "source.ip"];
const requests = ["remoteIpBlocks", "notRemoteIpBlocks", "remote.ip"];

function goesByAddress(policy: KubernetesObject, fields: readonly string[]): boolean {
  return authorizationRules(policy).some(
    ({ sources, conditions }) =>
      sources.some((source) => fields.some((field) => source.get(field).list().length > 0)) ||
      conditions.some((condition) => fields.includes(condition.get("key").text() ?? "")),
  );
}

/** Whether a gateway is known to take no proxy's word for a client's address. */
function trustsNobody(pods: Workload, inventory: Inventory): boolean {
  const config = proxyConfigOf(pods, inventory);
  const count = config.get("gatewayTopology", "numTrustedProxies");
  return config.isWhole && (count === undefined || count === 0);
}
