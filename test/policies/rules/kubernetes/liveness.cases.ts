import { liveness } from "../../../../policies/rules/kubernetes/liveness";
import { cases } from "../../cases";
import { container } from "./drafts";

export default cases(liveness, {
  breaks: {
    "the readiness probe once more, with its keys in another order": {
      change: (stack) => {
        const { httpGet, ...rest } = container(stack).readinessProbe;
        container(stack).livenessProbe = { ...rest, httpGet };
      },
      finds: [
        "Deployment bookinfo/details-v1: the liveness probe of container details is its readiness probe once more: pods that are only busy are restarted, all at once. Let it ask for less, e.g. a tcpSocket, or give it a much higher failureThreshold.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "the same question, answered later": (stack) =>
      (container(stack).livenessProbe = { ...container(stack).readinessProbe, failureThreshold: 30 }),
    "an open port, asked for twice": (stack) => {
      container(stack).livenessProbe = container(stack).readinessProbe = { tcpSocket: { port: 9080 } };
    },
    "no liveness probe": (stack) => delete container(stack).livenessProbe,
    "no probe at all": (stack) => {
      delete container(stack).livenessProbe;
      delete container(stack).readinessProbe;
    },
  },
});
