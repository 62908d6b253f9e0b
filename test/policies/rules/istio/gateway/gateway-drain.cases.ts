import { gatewayDrain } from "../../../../../policies/rules/istio/gateway/gateway-drain";
import { cases } from "../../../cases";
import { annotate, gatewayRelease } from "../../edge/objects";

const release = "Release istio-ingress/istio-ingress";
const service = "Service istio-ingress/istio-ingress";

function cut(delay: number, drain: number): string {
  return `${service}: keeps connections to a stopping pod for ${delay}s (deregistration delay), but the pods of ${release} go after ${drain}s (terminationDrainDuration): what is left then is cut. Set deregistration_delay.timeout_seconds=${drain}, or terminationDrainDuration to ${delay}s (gateways.default.drain sets both).`;
}

export default cases(gatewayDrain, {
  breaks: {
    "pods that go sooner than the load balancer lets go": {
      change: (stack) =>
        (gatewayRelease(stack).values.podAnnotations = {
          "proxy.istio.io/config": '{"terminationDrainDuration":"1m30s"}',
        }),
      finds: [cut(180, 90)],
    },
    "pods that go by the mesh's default": {
      change: (stack) => delete gatewayRelease(stack).values.podAnnotations,
      finds: [cut(180, 45)],
    },
    "pods that go by Istio's own default": {
      change: (stack) => {
        delete gatewayRelease(stack).values.podAnnotations;
        delete stack.values("istiod").meshConfig;
      },
      finds: [cut(180, 5)],
    },
    "AWS's own delay": {
      change: (stack) => annotate(stack, { "target-group-attributes": "preserve_client_ip.enabled=true" }),
      finds: [cut(300, 180)],
    },
    "pods that are killed before they are done": {
      change: (stack) => delete gatewayRelease(stack).values.terminationGracePeriodSeconds,
      finds: [
        `${release}: pods are killed after 30s, though they want to serve on for 180s when they stop (terminationDrainDuration): what is left then is cut. Set terminationGracePeriodSeconds to 210.`,
      ],
    },
  },
  keeps: {
    "pods that wait for the last connection": (stack) => {
      delete gatewayRelease(stack).values.podAnnotations;
      gatewayRelease(stack).values.env = { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true" };
    },
    "a delay that is no number, of which another rule tells": (stack) =>
      annotate(stack, { "target-group-attributes": "deregistration_delay.timeout_seconds=900s" }),
    "a shorter delay": (stack) =>
      annotate(stack, { "target-group-attributes": "deregistration_delay.timeout_seconds=60" }),
    "a mesh that can't be seen": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      delete gatewayRelease(stack).values.podAnnotations;
    },
  },
});
