import { gatewaySelector } from "../../../../../policies/rules/istio/gateway/gateway-selector";
import { unknown } from "../../../../../policies/engine/value";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { annotate, service } from "../../edge/objects";

function gateway(stack: StackDraft): Loose {
  return stack.object("Gateway", "istio-ingress", "wildcard").spec;
}

/** Puts a Deployment whose pods carry `istio: edge` into the place of the gateway's Release. */
function plainGateway(
  stack: StackDraft,
  container: Loose,
  others: readonly Loose[] = [],
  labels: Loose = { istio: "edge" },
): void {
  stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "gateway");
  stack.add({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "edge", namespace: "istio-ingress" },
    spec: { template: { metadata: { labels }, spec: { containers: [container, ...others] } } },
  } as Loose);
}

const proxy = { name: "gateway", image: "docker.io/istio/proxyv2:1.31.1", args: ["proxy", "router"] };

/** Most applications' images are unknown before they are built: none of these is taken for a gateway. */
const whatProxiesRun = [
  "spec.template.spec",
  "spec.template.spec.containers",
  "spec.template.spec.containers[0]",
  "spec.template.spec.containers[0].image",
  "spec.template.spec.containers[0].args",
  "spec.template.spec.containers[0].args[0]",
];

export default cases(gatewaySelector, {
  breaks: {
    "the label of Istio's old gateway": {
      change: (stack) => (gateway(stack).selector = { istio: "ingressgateway" }),
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingressgateway, so it opens no port: every host behind it is down. The pods of Release istio-ingress/istio-ingress carry app=istio-ingress, istio=ingress. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
    },
    "one label too many": {
      change: (stack) => (gateway(stack).selector = { istio: "ingress", tier: "edge" }),
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, tier=edge, so it opens no port: every host behind it is down. The pods of Release istio-ingress/istio-ingress carry app=istio-ingress, istio=ingress. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
    },
    "a release that is called otherwise": {
      change: (stack) => {
        stack.values("istio-ingress").name = "edge";
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Release istio-ingress/istio-ingress carry app=edge, istio=edge. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
    },
    "labels that no plain Deployment of the proxy carries": {
      change: (stack) => {
        plainGateway(stack, proxy);
        gateway(stack).selector = { istio: "ingress" };
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Deployment istio-ingress/edge carry istio=edge. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "mandatory",
      silent: whatProxiesRun,
    },
    "labels that no gateway carries, one of which has a label of its own that isn't known": {
      change: (stack) => {
        plainGateway(stack, proxy, [], { istio: "edge", build: unknown });
        gateway(stack).selector = { istio: "ingress" };
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Deployment istio-ingress/edge carry istio=edge. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "mandatory",
      silent: whatProxiesRun,
    },
    "labels of a way in that others may have made, where only the way out is here": {
      change: (stack) => {
        stack.values("istio-ingress").name = "istio-egressgateway";
        stack.remove("Service", "istio-ingress");
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Release istio-ingress/istio-ingress carry app=istio-egressgateway, istio=egressgateway. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "advisory",
    },
    "labels of a way in, where all gateways here are reached from inside only": {
      change: (stack) => {
        stack.values("istio-ingress").name = "outbound";
        stack.values("istio-ingress").service.type = "ClusterIP";
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Release istio-ingress/istio-ingress carry app=outbound, istio=outbound. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "advisory",
    },
    "labels of a way out that others may have made, where only the way in is here": {
      change: (stack) => (gateway(stack).selector = { istio: "egressgateway" }),
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=egressgateway, so it opens no port: every host behind it is down. The pods of Release istio-ingress/istio-ingress carry app=istio-ingress, istio=ingress. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "advisory",
    },
    "labels that no pods of a rendered chart carry, of which those that all have tell nothing": {
      change: (stack) => {
        plainGateway(stack, proxy, [], {
          app: "edge",
          istio: "edge",
          "app.kubernetes.io/name": "edge",
          "helm.sh/chart": "gateway-1.31.1",
          "istio.io/dataplane-mode": "none",
          "sidecar.istio.io/inject": "true",
        });
        gateway(stack).selector = { istio: "ingress" };
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Deployment istio-ingress/edge carry app=edge, istio=edge. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "mandatory",
      silent: whatProxiesRun,
    },
    "labels that no pods behind a load balancer to a proxy's health port carry": {
      change: (stack) => {
        plainGateway(stack, { name: "edge", image: "registry.example.com/edge:1" });
        service(stack).spec.selector = { istio: "edge" };
        service(stack).spec.ports.push({ name: "status-port", port: 15021 });
        gateway(stack).selector = { istio: "ingress" };
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Deployment istio-ingress/edge carry istio=edge. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "advisory",
    },
    "labels that no pods behind the load balancer beside it carry": {
      change: (stack) => {
        plainGateway(stack, { name: "edge", image: "registry.example.com/edge:1" });
        service(stack).spec.selector = { istio: "edge" };
        annotate(stack, { "healthcheck-port": undefined });
        gateway(stack).selector = { istio: "ingress" };
      },
      finds: [
        'Gateway istio-ingress/wildcard: no pods carry istio=ingress, so it opens no port: every host behind it is down. The pods of Deployment istio-ingress/edge carry istio=edge. If others make the ones that are meant, name "Pod istio-ingress/*" under outside in the policies\' configuration.',
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "a load balancer beside it that leads to an application on ports of its own": (stack) => {
      plainGateway(stack, { name: "edge", image: "registry.example.com/edge:1" });
      service(stack).spec = { type: "LoadBalancer", selector: { istio: "edge" }, ports: [{ port: 5432 }] };
      annotate(stack, { "healthcheck-port": undefined });
      gateway(stack).selector = { istio: "public" };
    },
    "an application with a proxy by hand": (stack) => {
      plainGateway(stack, { name: "edge", image: "registry.example.com/edge:1" }, [
        { name: "istio-proxy", image: "docker.io/istio/proxyv2:1.31.1", args: ["proxy", "sidecar"] },
      ]);
      stack.remove("Service", "istio-ingress");
      gateway(stack).selector = { istio: "public" };
    },
    "labels of the release's own": (stack) => {
      stack.values("istio-ingress").labels = { istio: "edge", tier: "public" };
      gateway(stack).selector = { istio: "edge", tier: "public" };
    },
    "the empty name that the chart's own values have": (stack) => {
      stack.values("istio-ingress").name = "";
    },
    "another namespace than the pods'": (stack) => {
      stack.object("Gateway", "istio-ingress", "wildcard").metadata.namespace = "bookinfo";
    },
    "a gateway from a Deployment": (stack) => {
      stack.add({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "edge", namespace: "istio-ingress" },
        spec: {
          template: {
            metadata: { labels: { istio: "edge" }, annotations: { "inject.istio.io/templates": "gateway" } },
            spec: { containers: [{ name: "istio-proxy", image: "auto" }] },
          },
        },
      } as Loose);
      gateway(stack).selector = { istio: "edge" };
    },
    "no gateway in the stack": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => (properties as Loose).chart !== "gateway");
      gateway(stack).selector = { istio: "public" };
    },
  },
});
