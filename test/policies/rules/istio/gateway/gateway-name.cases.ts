import { gatewayName } from "../../../../../policies/rules/istio/gateway/gateway-name";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { gatewayRelease } from "../../edge/objects";

function forget(stack: StackDraft): void {
  delete gatewayRelease(stack).name;
  delete gatewayRelease(stack).values.name;
}

export default cases(gatewayName, {
  breaks: {
    "no name": {
      change: forget,
      finds: [
        "Release istio-ingress/eks-istio-dev-istio-ingress/istio-ingress: has no name, so Pulumi makes one up, and with it the labels of its pods: no selector can match them. Give the Release a name.",
      ],
    },
    "no name, and half of the labels": {
      change: (stack) => {
        forget(stack);
        gatewayRelease(stack).values.labels = { app: "istio-ingress" };
      },
      finds: [
        "Release istio-ingress/eks-istio-dev-istio-ingress/istio-ingress: has no name, so Pulumi makes one up, and with it the labels of its pods: no selector can match them. Give the Release a name.",
      ],
    },
  },
  keeps: {
    "a name in the values": (stack) => delete gatewayRelease(stack).name,
    "labels in the values": (stack) => {
      forget(stack);
      gatewayRelease(stack).values.labels = { app: "istio-ingress", istio: "ingress" };
    },
    "another chart": (stack) => {
      const base = stack.resources.find(({ properties }) => properties.chart === "base");
      Reflect.deleteProperty(base?.properties ?? {}, "name");
    },
  },
});
