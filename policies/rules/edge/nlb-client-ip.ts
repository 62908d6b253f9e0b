import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { balancers } from "../../facts/edge/balancer";
import { mayBeIn, namespaceOf } from "../../facts/kubernetes/names";

/** Applications learn who their clients are. */
export const nlbClientIp: Rule = {
  id: "AWS-NLB-CLIENT-IP",
  severity: "advisory",
  title: "the gateway sees clients' addresses, not the load balancer's",
  why: "Without them logs name the load balancer as the client of every request, and rules about addresses let in everybody or nobody.",
  fix: "Set preserve_client_ip.enabled=true in aws-load-balancer-target-group-attributes, or use PROXY protocol.",
  codes: [],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || balancer.sendsProxyProtocol) return;
      const own = balancer.map("target-group-attributes").get("preserve_client_ip.enabled");
      const isIp = (balancer.annotation("nlb-target-type").text() ?? "ip") === "ip";
      // Node ports preserve addresses by default.
      if (own === "true" || (own === undefined && !isIp)) return;
      const policy = addressPolicy(balancer.namespace, inventory);
      check.violation(balancer.annotation("target-group-attributes"), {
        message: `${own === undefined ? "doesn't preserve clients' addresses, which is the default for pods as targets" : "has client addresses switched off"}: applications take the load balancer for every client${policy ? `, and ${policy.label} lets in everybody or nobody` : ""}.`,
        fix: `Add preserve_client_ip.enabled=true to aws-load-balancer-target-group-attributes${balancer.setting("preserveClientIp")}.`,
        ...(policy && { severity: "mandatory" as const }),
      });
    }),
};

/** A policy beside the gateway that goes by clients' addresses. */
function addressPolicy(namespace: string, inventory: Inventory): KubernetesObject | undefined {
  const policies = mayBeIn("AuthorizationPolicy", namespace, inventory);
  return policies.find((policy) => goesByAddresses(policy) && namespaceOf(policy) === namespace);
}

function goesByAddresses(policy: KubernetesObject): boolean {
  return policy
    .get("spec", "rules")
    .list()
    .flatMap((rule) => rule.get("from").list())
    .some((from) => addressFields.some((field) => from.get("source", field).list().length > 0));
}

const addressFields = ["ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks"];
