import { healthPort } from "../../../../../policies/rules/istio/gateway/health-port";
import { cases } from "../../../cases";
import { annotate, gatewayRelease, service } from "../../edge/objects";

const leads =
  "leads to the gateway's health port, and is a listener of the load balancer like the others: anybody who reaches it reaches that.";

export default cases(healthPort, {
  breaks: {
    "the health port": {
      change: (stack) =>
        service(stack).spec.ports.push({ name: "status-port", port: 15021, protocol: "TCP", targetPort: 15021 }),
      finds: [`Service istio-ingress/istio-ingress: port 15021 ${leads} Take the port out.`],
    },
    "another port that leads to it": {
      change: (stack) => {
        annotate(stack, { "healthcheck-port": undefined });
        service(stack).spec.ports.push({ name: "status-port", port: 8080, protocol: "TCP", targetPort: 15021 });
      },
      finds: [
        `Service istio-ingress/istio-ingress: port 8080 ${leads} Take the port out, and set healthcheck-port to "15021".`,
      ],
    },
    "what the chart does by itself": {
      change: (stack) =>
        (gatewayRelease(stack).values.service = {
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "external" },
        }),
      finds: [
        `Release istio-ingress/istio-ingress: port 15021 ${leads} Take the port out, and set healthcheck-port to "15021".`,
      ],
    },
  },
  keeps: {
    "a Service inside the cluster": (stack) => {
      service(stack).spec.type = "ClusterIP";
      service(stack).spec.ports.push({ port: 15021, targetPort: 15021 });
    },
  },
});
