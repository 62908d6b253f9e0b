import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { balancers, type Balancer } from "../../../facts/edge/balancer";
import { podsBehind } from "../../../facts/edge/connections";
import { mayBeIn, namespaceOf } from "../../../facts/kubernetes/names";
import type { Workload } from "../../../facts/kubernetes/workload";
import { rootNamespace } from "../../../facts/istio/mesh";
import { proxyConfigOf } from "../../../facts/istio/proxy-config";

/** Load balancer and gateway both speak PROXY protocol, or neither does; its health check is then TCP. */
export const proxyProtocol: Rule = {
  id: "IST-PROXY-PROTOCOL",
  severity: "mandatory",
  title: "load balancer and gateway agree on PROXY protocol",
  why: "A gateway that expects the header drops every connection without it, and one that doesn't takes the header for a broken request.",
  fix: "Set both the load balancer's proxy-protocol annotation and gatewayTopology.proxyProtocol of the proxies, or neither.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      judgeHealthCheck(balancer, check);
      const behind = podsBehind(balancer, inventory);
      if (behind.length === 0 && balancer.sendsProxyProtocol)
        check.undecided(balancer.resource, "the pods that must expect PROXY protocol aren't here");
      for (const pods of behind) judgePods(balancer, pods, inventory, check);
    }),
};

function judgeHealthCheck(balancer: Balancer, check: Check): void {
  const annotation = balancer.annotation("healthcheck-protocol");
  const protocol = annotation.text();
  if (protocol === undefined || protocol.toLowerCase() === "tcp" || !balancer.sendsProxyProtocol) return;
  check.violation(annotation, {
    ...wrongValue(annotation),
    follows: true,
    message: `health checks are ${protocol}, but carry the PROXY protocol's header as well, which the gateway's health port doesn't know: no pod ever becomes healthy.`,
    fix: 'Set healthcheck-protocol to "tcp".',
  });
}

function judgePods(balancer: Balancer, pods: Workload, inventory: Inventory, check: Check): void {
  const sends = balancer.sendsProxyProtocol;
  const config = proxyConfigOf(pods, inventory);
  const expects = config.get("gatewayTopology", "proxyProtocol") !== undefined || hasListenerFilter(pods, inventory);
  if (sends === expects) return;
  if (sends && !config.isWhole) {
    check.undecided(
      balancer.resource,
      "the mesh's configuration, which may make gateways expect PROXY protocol, isn't here",
    );
    return;
  }
  const at = balancer.annotation(balancer.has("proxy-protocol") ? "proxy-protocol" : "target-group-attributes");
  check.violation(at, {
    ...wrongValue(at),
    follows: true,
    message: sends
      ? `sends the PROXY protocol's header, but the pods of ${pods.resource.label} don't expect it: they take it for a broken request, and every connection fails.`
      : `sends no PROXY protocol, but the pods of ${pods.resource.label} wait for its header: every connection fails.`,
    fix: sends
      ? "Set gatewayTopology: {proxyProtocol: {}} in their proxy.istio.io/config annotation, or turn PROXY protocol off here."
      : 'Set the annotation proxy-protocol to "*" and the health check to tcp, or take proxyProtocol out of their configuration.',
  });
}

/** What people did before Istio had a word for it. */
function hasListenerFilter(pods: Workload, inventory: Inventory): boolean {
  return [rootNamespace(inventory), pods.knownNamespace].some((namespace) =>
    mayBeIn("EnvoyFilter", namespace, inventory).some((filter) => {
      const selector = filter.get("spec", "workloadSelector", "labels").texts();
      const patches = filter.get("spec", "configPatches").list();
      return (
        pods.carries(selector) &&
        patches.some(
          (patch) =>
            patch.get("match", "context").text() !== "SIDECAR_INBOUND" &&
            JSON.stringify(patch.get("patch").plain() ?? null).includes("proxy_protocol") &&
            (patch.get("applyTo").text() ?? "").startsWith("LISTENER"),
        ) &&
        namespaceOf(filter) === namespace
      );
    }),
  );
}
