import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { balancers, type Balancer } from "../../../facts/edge/balancer";
import { planesInCharge } from "../../../facts/istio/revisions";
import { gatewaysBehind, podsBehind } from "../../../facts/edge/connections";
import type { Workload } from "../../../facts/kubernetes/workload";

/** Each port of the gateway's Service has a port of the pods to itself, one that they may open. */
export const gatewayTargetPort: Rule = {
  id: "IST-GATEWAY-TARGET-PORT",
  severity: "mandatory",
  title: "each port of the gateway's Service has a targetPort of its own, which the pods may open",
  why: "Istio opens one listener for each targetPort: two servers on one are merged into one, and one below 1024 needs a permission.",
  fix: "Give each port another targetPort, above 1024.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/gateway/#Port",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.exists) return;
      judgeShared(balancer, inventory, check);
      judgeLow(balancer, inventory, check);
    }),
};

function judgeShared(balancer: Balancer, inventory: Inventory, check: Check): void {
  for (const [index, { at, port, targetPort, protocol }] of balancer.ports.entries()) {
    const earlier = balancer.ports
      .slice(0, index)
      .find((one) => one.targetPort !== undefined && one.targetPort === targetPort && one.protocol === protocol);
    if (!earlier) continue;
    const numbers = serversBehind(balancer, inventory).map((server) => server.get("port", "number").number());
    if (!numbers.includes(port) || !numbers.includes(earlier.port)) continue;
    check.violation(at.get("targetPort"), {
      message: `ports ${earlier.port} and ${port} share the targetPort ${targetPort ?? ""}: istiod makes one listener of the Gateway's servers for both, and each gets the other's requests.`,
      fix: `Give port ${port} a targetPort of its own.`,
    });
  }
}

function serversBehind(balancer: Balancer, inventory: Inventory): Value[] {
  return gatewaysBehind(balancer, inventory).flatMap((gateway) => gateway.get("spec", "servers").list());
}

const sysctl = "net.ipv4.ip_unprivileged_port_start";

function judgeLow(balancer: Balancer, inventory: Inventory, check: Check): void {
  const low = balancer.ports.filter(({ targetPort = 1024 }) => targetPort < 1024);
  if (low.length === 0) return;
  const pods = podsBehind(balancer, inventory);
  const [first] = pods;
  if (!first || serversBehind(balancer, inventory).length === 0) return;
  const isForbidden = pods.some((one) => !mayOpenLow(one, inventory));
  for (const { at, port, targetPort } of low)
    check.violation(at.get("targetPort"), {
      message: `port ${port} leads to port ${targetPort ?? ""} of the pods, which they can't open without privileges${isForbidden ? `: ${first.resource.label} doesn't allow it` : `: it only works while their securityContext sets ${sysctl}`}.`,
      fix: `Use a targetPort above 1024, e.g. ${8000 + (targetPort ?? 0)}.`,
      ...(!isForbidden && { severity: "advisory" as const }),
    });
}

/**
 * Istio's webhook allows it to gateways, whatever their own securityContext says, unless istiod's values have another one.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/files/gateway-injection-template.yaml
 */
function mayOpenLow(pods: Workload, inventory: Inventory): boolean {
  const templates = pods.annotations.get("inject.istio.io/templates").text()?.split(",") ?? [];
  if (pods.release === undefined && !templates.includes("gateway")) return allowsLow(pods.spec);
  return planesInCharge(pods, inventory).every(({ values }) => {
    const gateways = values.get("gateways");
    return gateways.get("securityContext").entries().length === 0 || allowsLow(gateways);
  });
}

function allowsLow(spec: Value): boolean {
  return spec
    .get("securityContext", "sysctls")
    .list()
    .some((one) => one.get("name").text() === sysctl);
}
