import { gatewayTargetPort } from "../../../../../policies/rules/istio/gateway/gateway-target-port";
import { cases } from "../../../cases";
import { gatewayRelease, servers, service } from "../../edge/objects";

const here = "Service istio-ingress/istio-ingress:";

export default cases(gatewayTargetPort, {
  breaks: {
    "two ports that lead to one": {
      change: (stack) => (service(stack).spec.ports[1].targetPort = 8081),
      finds: [
        `${here} ports 80 and 443 share the targetPort 8081: istiod makes one listener of the Gateway's servers for both, and each gets the other's requests. Give port 443 a targetPort of its own.`,
      ],
      severity: "mandatory",
    },
    "a low port, which the chart allows": {
      change: (stack) => (service(stack).spec.ports[0].targetPort = 80),
      finds: [
        `${here} port 80 leads to port 80 of the pods, which they can't open without privileges: it only works while their securityContext sets net.ipv4.ip_unprivileged_port_start. Use a targetPort above 1024, e.g. 8080.`,
      ],
      severity: "advisory",
    },
    "a low port, which Istio's webhook allows beside a securityContext of the pods' own": {
      change: (stack) => {
        service(stack).spec.ports[0].targetPort = 80;
        gatewayRelease(stack).values.securityContext = { runAsNonRoot: true };
      },
      finds: [
        `${here} port 80 leads to port 80 of the pods, which they can't open without privileges: it only works while their securityContext sets net.ipv4.ip_unprivileged_port_start. Use a targetPort above 1024, e.g. 8080.`,
      ],
      severity: "advisory",
    },
    "a low port, which the pods may not open": {
      change: (stack) => {
        delete service(stack).spec.ports[1].targetPort;
        stack.values("istiod").gateways = { securityContext: { runAsNonRoot: true } };
      },
      finds: [
        `${here} port 443 leads to port 443 of the pods, which they can't open without privileges: Release istio-ingress/istio-ingress doesn't allow it. Use a targetPort above 1024, e.g. 8443.`,
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "a load balancer in values of a chart that is rendered: its Service is there": (stack) => {
      gatewayRelease(stack).values.service = { type: "LoadBalancer" };
      gatewayRelease(stack).values.securityContext = { runAsNonRoot: true };
      const metadata = { name: "account", namespace: "istio-ingress" };
      stack.resources.push({
        source: "yaml",
        type: "kubernetes:core/v1:ServiceAccount",
        name: "account",
        properties: { apiVersion: "v1", kind: "ServiceAccount", metadata },
        dependencies: [],
        release: "Release istio-ingress/istio-ingress",
      });
    },
    "one targetPort where only one server listens": (stack) => {
      servers(stack).shift();
      service(stack).spec.ports[0].targetPort = 8443;
    },
    "a load balancer for other pods": (stack) => {
      service(stack).spec.selector = { app: "other" };
      service(stack).spec.ports[0].targetPort = 80;
    },
    "a Service inside the cluster": (stack) => {
      service(stack).spec.type = "ClusterIP";
      service(stack).spec.ports[0].targetPort = 80;
    },
  },
});
