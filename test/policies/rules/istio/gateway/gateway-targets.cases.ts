import { gatewayTargets } from "../../../../../policies/rules/istio/gateway/gateway-targets";
import { cases } from "../../../cases";
import { gatewayRelease, service } from "../../edge/objects";

const here = "Service istio-ingress/istio-ingress:";

export default cases(gatewayTargets, {
  breaks: {
    "another label": {
      change: (stack) => (service(stack).spec.selector = { app: "istio-ingressgateway" }),
      finds: [
        `${here} selects app: istio-ingressgateway, which no pods here have (those of Release istio-ingress/istio-ingress have app: istio-ingress, istio: ingress): the load balancer has no targets. Select {app: istio-ingress, istio: ingress}.`,
      ],
    },
    "another name of the release": {
      change: (stack) => (gatewayRelease(stack).values.name = "istio-gw"),
      finds: [
        `${here} selects app: istio-ingress, istio: ingress, which no pods here have (those of Release istio-ingress/istio-ingress have app: istio-gw, istio: gw): the load balancer has no targets. Select {app: istio-gw, istio: gw}.`,
      ],
    },
    "another label, beside the pods of another gateway": {
      change: (stack) => {
        service(stack).spec.selector = { app: "istio-ingressgateway" };
        stack.addResource("kubernetes:helm.sh/v3:Release", "other", {
          ...gatewayRelease(stack),
          name: "istio-other",
          values: { ...gatewayRelease(stack).values, name: "istio-other" },
        });
        stack.resources.unshift(...stack.resources.splice(-1));
      },
      finds: [
        `${here} selects app: istio-ingressgateway, which no pods here have (those of Release istio-ingress/istio-ingress have app: istio-ingress, istio: ingress): the load balancer has no targets. Select {app: istio-ingress, istio: ingress}.`,
      ],
    },
  },
  keeps: {
    "a part of the labels": (stack) => (service(stack).spec.selector = { istio: "ingress" }),
    "a load balancer in a namespace that others fill": (stack) => {
      service(stack).spec.selector = { app: "edge" };
      service(stack).metadata.namespace = "edge";
    },
    "no selector": (stack) => delete service(stack).spec.selector,
  },
});
