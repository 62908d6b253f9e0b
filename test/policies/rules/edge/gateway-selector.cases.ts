import { gatewaySelector } from "../../../../policies/rules/edge/gateway-selector";
import { cases } from "../../cases";
import type { Loose } from "../../stack";
import { gatewayRelease } from "./objects";

const has =
  "which no gateway here has (the pods of Release istio-ingress/istio-ingress have app: istio-ingress, istio: ingress): it opens no port, and connections are refused.";
const fix = `Select {istio: ingress}: the chart takes it from the release's name, without "istio-" in front.`;

const other = {
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "egress", namespace: "bookinfo" },
  spec: { selector: { istio: "egressgateway" }, servers: [] },
} as Loose;

export default cases(gatewaySelector, {
  breaks: {
    "the label of Istio's older installations": {
      change: (stack) =>
        (stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { istio: "ingressgateway" }),
      finds: [`Gateway istio-ingress/wildcard: selects istio: ingressgateway, ${has} ${fix}`],
      severity: "mandatory",
    },
    "the label of another release's name": {
      change: (stack) => (gatewayRelease(stack).values.name = "istio-gw"),
      finds: [
        `Gateway istio-ingress/wildcard: selects istio: ingress, ${has.replace("app: istio-ingress, istio: ingress", "app: istio-gw, istio: gw")} ${fix.replace("ingress", "gw")}`,
      ],
    },
    "a Gateway elsewhere, which may be for others' pods": {
      change: (stack) => stack.add(other),
      finds: [`Gateway bookinfo/egress: selects istio: egressgateway, ${has} ${fix}`],
      severity: "advisory",
    },
    "a release whose name Pulumi makes up": {
      change: (stack) => {
        delete gatewayRelease(stack).name;
        delete gatewayRelease(stack).values.name;
        stack.remove("Gateway");
      },
      finds: [
        "Release istio-ingress/eks-istio-dev-gateway-pods: has no name, so Pulumi makes one up, and with it the labels of its pods: no selector can match them. Give the Release a name.",
      ],
    },
  },
  keeps: {
    "labels that the values set": (stack) => {
      gatewayRelease(stack).values.labels = { istio: "front" };
      stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { istio: "front", app: "istio-ingress" };
    },
    "the label app": (stack) =>
      (stack.object("Gateway", "istio-ingress", "wildcard").spec.selector = { app: "istio-ingress" }),
    "a workload's pods": (stack) => {
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels.istio = "egressgateway";
      stack.add(other);
    },
    "no gateway chart here": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "gateway");
      stack.add(other);
    },
  },
});
