import { nlbHealthCheck } from "../../../../policies/rules/edge/nlb-health-check";
import { cases } from "../../cases";
import { annotate, service } from "./objects";

const here = "Service istio-ingress/istio-ingress: the health check";
const never = "no pod ever becomes healthy.";

export default cases(nlbHealthCheck, {
  breaks: {
    "another path": {
      change: (stack) => annotate(stack, { "healthcheck-path": "/healthz" }),
      finds: [
        `${here} asks for /healthz on port 15021, which only knows /healthz/ready: ${never} Set healthcheck-path to "/healthz/ready".`,
      ],
    },
    "no path": {
      change: (stack) => annotate(stack, { "healthcheck-path": undefined }),
      finds: [
        `${here} asks for / on port 15021, which only knows /healthz/ready: ${never} Set healthcheck-path to "/healthz/ready".`,
      ],
    },
    "another port": {
      change: (stack) => annotate(stack, { "healthcheck-port": "8443" }),
      finds: [
        `${here} asks port 8443, where Envoy knows no such host and answers 404: ${never} Set healthcheck-port to "15021".`,
      ],
    },
    "the traffic's ports": {
      change: (stack) => annotate(stack, { "healthcheck-port": undefined }),
      finds: [
        `${here} asks the ports of the traffic, where Envoy knows no such host and answers 404: ${never} Set healthcheck-port to "15021".`,
      ],
    },
    TLS: {
      change: (stack) => annotate(stack, { "healthcheck-protocol": "HTTPS" }),
      finds: [`${here} speaks TLS on port 15021, which is plain HTTP: ${never} Set healthcheck-protocol to "http".`],
      severity: "mandatory",
    },
    "an open port, which says nothing": {
      change: (stack) => annotate(stack, { "healthcheck-protocol": undefined }),
      finds: [
        `${here} only sees that a port is open: a pod that is stopping, or has no configuration yet, still gets connections. Set healthcheck-protocol to "http", healthcheck-port to "15021" and healthcheck-path to "/healthz/ready".`,
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "PROXY protocol, which needs TCP": (stack) =>
      annotate(stack, { "healthcheck-protocol": "tcp", "proxy-protocol": "*" }),
    "the port of the agent's metrics": (stack) => annotate(stack, { "healthcheck-port": "15020" }),
    "a load balancer for something else": (stack) => {
      service(stack).spec.selector = { app: "other" };
      annotate(stack, { "healthcheck-path": "/" });
    },
  },
});
