import type { Inventory } from "../../engine/inventory";
import { namespaceOf } from "../../facts/kubernetes/names";
import { serviceOf } from "../../facts/istio/hosts";
import type { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { balancers, type Balancer } from "../../facts/edge/balancer";
import { gatewaysBehind, listenersOf } from "../../facts/edge/connections";
import { gatewaysOf } from "../../facts/istio/gateways";

/** A load balancer that ends TLS negotiates HTTP/2. */
export const nlbAlpn: Rule = {
  id: "AWS-NLB-ALPN",
  severity: "advisory",
  title: "a load balancer that ends TLS negotiates HTTP/2",
  why: "Who ends TLS says which protocol follows: without an ALPN policy browsers fall back to HTTP/1.1, and gRPC clients give up.",
  fix: 'Set alpn-policy to "HTTP2Preferred".',
  codes: [],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html#alpn-policies",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || !balancer.ports.some((port) => balancer.endsTls(port))) return;
      const annotation = balancer.annotation("alpn-policy");
      const policy = annotation.text() ?? "None";
      if (policy.startsWith("HTTP2")) return;
      const servers = serversBehind(balancer, inventory);
      if (servers.length === 0) return;
      const grpc = grpcHost(balancer, inventory);
      check.violation(annotation, {
        message: `ends TLS and ${policy === "HTTP1Only" ? "negotiates HTTP/1.1 only" : "negotiates no protocol"}: browsers fall back to HTTP/1.1${grpc === undefined ? "" : `, and gRPC clients of ${grpc} can't connect`}.`,
        fix: 'Set alpn-policy to "HTTP2Preferred".',
      });
    }),
};

/** Servers of HTTP that get what this load balancer has decrypted. */
function serversBehind(balancer: Balancer, inventory: Inventory) {
  return gatewaysBehind(balancer, inventory)
    .flatMap((gateway) => gateway.get("spec", "servers").list())
    .filter(
      (server) =>
        /^(HTTP|HTTP2|GRPC)$/i.test(server.get("port", "protocol").text() ?? "") &&
        listenersOf(server, balancer).some((listener) => balancer.endsTls(listener)),
    );
}

/** A host that is routed to a gRPC port. */
function grpcHost(balancer: Balancer, inventory: Inventory): string | undefined {
  const behind = new Set(gatewaysBehind(balancer, inventory));
  return inventory
    .objects("VirtualService")
    .filter((rule) => gatewaysOf(rule, inventory).some((gateway) => behind.has(gateway)) && isGrpc(rule, inventory))
    .flatMap((rule) => rule.get("spec", "hosts").list())[0]
    ?.text();
}

function isGrpc(rule: KubernetesObject, inventory: Inventory): boolean {
  const routes = rule.get("spec", "http").list();
  return routes
    .flatMap((route) => route.get("route").list())
    .some((entry) => {
      const host = entry.get("destination", "host").text() ?? "";
      const name = serviceOf(host, host.includes(".") ? "" : namespaceOf(rule));
      const service = name && inventory.find("Service", name.namespace, name.name);
      const number = entry.get("destination", "port", "number").number();
      const ports = service?.get("spec", "ports").list() ?? [];
      return ports.some((port) => {
        const protocol = port.get("appProtocol").text() ?? port.get("name").text() ?? "";
        return (ports.length === 1 || port.get("port").number() === number) && /^grpc(-(?!web)|$)/.test(protocol);
      });
    });
}
