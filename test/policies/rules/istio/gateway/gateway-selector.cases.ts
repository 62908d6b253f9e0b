import { gatewaySelector } from "../../../../../policies/rules/istio/gateway/gateway-selector";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function gateway(stack: StackDraft): Loose {
  return stack.object("Gateway", "istio-ingress", "wildcard").spec;
}

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
  },
  keeps: {
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
