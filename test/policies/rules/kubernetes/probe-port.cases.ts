import { probePort } from "../../../../policies/rules/kubernetes/probe-port";
import { cases } from "../../cases";
import { container } from "./drafts";

export default cases(probePort, {
  breaks: {
    "a name that no port of the container has": {
      change: (stack) => {
        container(stack).readinessProbe.httpGet.port = "web";
        container(stack).livenessProbe.tcpSocket.port = "web";
      },
      finds: [
        "Deployment bookinfo/details-v1: a probe of container details asks on port \"web\", which it doesn't have: it always fails. Write one of its ports' names (http), or the number.",
        "Deployment bookinfo/details-v1: a probe of container details asks on port \"web\", which it doesn't have: it always fails. Write one of its ports' names (http), or the number.",
      ],
      severity: "mandatory",
    },
    "a container without names": {
      change: (stack) => {
        delete container(stack).ports;
        container(stack).startupProbe = { httpGet: { port: "http" } };
      },
      finds: [
        "Deployment bookinfo/details-v1: a probe of container details asks on port \"http\", which it doesn't have: it always fails. Write one of its ports' names (it has none), or the number.",
      ],
    },
  },
  keeps: {
    "a name that it has": (stack) => (container(stack).readinessProbe.httpGet.port = "http"),
    "a number, whatever is declared": (stack) => (container(stack).readinessProbe.httpGet.port = "1234"),
  },
});
