import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import { balancers, type Balancer } from "../../../facts/edge/balancer";
import { podsBehind } from "../../../facts/edge/connections";
import type { Workload } from "../../../facts/kubernetes/workload";
import { proxyConfigOf } from "../../../facts/istio/proxy-config";

/** A gateway behind a Network Load Balancer trusts no X-Forwarded-For. */
export const trustedProxies: Rule = {
  id: "IST-TRUSTED-PROXIES",
  // A CDN in front may be another stack's.
  severity: "advisory",
  title: "the gateway trusts no more proxies than stand in front of it",
  why: "A Network Load Balancer writes no X-Forwarded-For: a gateway that trusts one takes whatever address a client makes up.",
  fix: "Take out gatewayTopology.numTrustedProxies, unless an HTTP proxy stands in front of the load balancer.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",

  judge: (inventory, check) => {
    if (frontTypes.some((type) => inventory.ofType(type).length > 0)) return;
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      for (const pods of podsBehind(balancer, inventory)) judge(balancer, pods, inventory, check);
    });
  },
};

/** HTTP proxies that may stand in front. */
const frontTypes = ["aws:cloudfront/distribution:Distribution"];

function judge(balancer: Balancer, pods: Workload, inventory: Inventory, check: Check): void {
  const count = proxyConfigOf(pods, inventory).get("gatewayTopology", "numTrustedProxies");
  if (typeof count !== "number" || count < 1) return;
  check.violation(balancer.resource, {
    message: `the pods of ${pods.resource.label} trust ${count} ${count === 1 ? "proxy" : "proxies"} in front (numTrustedProxies), but a Network Load Balancer is none: clients make up their own X-Forwarded-For.`,
    fix: "Take numTrustedProxies out, unless a CDN or another HTTP proxy stands in front.",
  });
}
