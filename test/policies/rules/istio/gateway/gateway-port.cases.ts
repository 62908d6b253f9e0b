import { gatewayPort } from "../../../../../policies/rules/istio/gateway/gateway-port";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function servers(stack: StackDraft): Loose[] {
  return stack.object("Gateway", "istio-ingress", "wildcard").spec.servers;
}

/** Pods on each node instead of the chart's, behind the same Service. */
function onNodes(stack: StackDraft, spec: Loose): void {
  stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "gateway");
  stack.add({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "edge", namespace: "istio-ingress" },
    spec: { template: { metadata: { labels: { app: "istio-ingress", istio: "ingress" } }, spec } },
  } as Loose);
  servers(stack)[0]!.port.number = 9080;
}

export default cases(gatewayPort, {
  breaks: {
    "a port that the Service lacks": {
      change: (stack) => (servers(stack)[0].port.number = 8080),
      finds: [
        "Gateway istio-ingress/wildcard: port 8080 is none that Service istio-ingress/istio-ingress leads to (80, 8081, 443 and 8443): nobody can connect to it. Use one of those, or add a port 8080 to Service istio-ingress/istio-ingress.",
      ],
    },
    "a port that pods don't take on their node": {
      change: (stack) => {
        const ports = [{ containerPort: 8443, hostPort: 443 }, { containerPort: 9080 }];
        onNodes(stack, { containers: [{ name: "istio-proxy", image: "auto", ports }] });
      },
      finds: [
        "Gateway istio-ingress/wildcard: port 9080 is none that Service istio-ingress/istio-ingress leads to (80, 8081, 443 and 8443): nobody can connect to it. Use one of those, or add a port 9080 to Service istio-ingress/istio-ingress.",
      ],
    },
    "a port that the chart's own Service lacks": {
      change: (stack) => {
        delete stack.values("istio-ingress").service;
        servers(stack).push({ hosts: ["a"], port: { number: 31400, name: "tcp", protocol: "TCP" } });
      },
      finds: [
        "Gateway istio-ingress/wildcard: port 31400 is none that the Service of Release istio-ingress/istio-ingress and Service istio-ingress/istio-ingress lead to (80, 443, 8081 and 8443): nobody can connect to it. Use one of those, or add a port 31400 to the Service of Release istio-ingress/istio-ingress.",
      ],
    },
  },
  keeps: {
    "a port that pods take on their node": (stack) => {
      const ports = [{ containerPort: 9080, hostPort: 80 }];
      onNodes(stack, { containers: [{ name: "istio-proxy", image: "auto", ports }] });
    },
    "any port of pods on their node's network": (stack) => {
      onNodes(stack, { hostNetwork: true, containers: [{ name: "istio-proxy", image: "auto" }] });
    },
    "the container's port": (stack) => (servers(stack)[0].port.number = 8443),
    "a port of a second Service": (stack) => {
      stack.add({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "mongo", namespace: "istio-ingress" },
        spec: { selector: { istio: "ingress" }, ports: [{ name: "mongo", port: 27017 }] },
      } as Loose);
      servers(stack)[0].port.number = 27017;
    },
    "the ports that the release gives the chart's Service": (stack) => {
      stack.values("istio-ingress").service = { ports: [{ name: "tcp", port: 31400, targetPort: 31400 }] };
      servers(stack)[0].port.number = 31400;
    },
    "a Service that others make": (stack) => {
      stack.remove("Service", "istio-ingress");
      servers(stack)[0].port.number = 31400;
    },
  },
});
