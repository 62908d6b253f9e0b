import { proxyUser } from "../../../../../policies/rules/istio/workloads/proxy-user";
import { cases } from "../../../cases";
import { container, podsOf } from "../../kubernetes/drafts";

export default cases(proxyUser, {
  breaks: {
    "all of a pod": {
      change: (stack) => (podsOf(stack).securityContext.runAsUser = 1337),
      finds: [
        "Deployment bookinfo/details-v1: its pods run as user 1337, whose traffic Istio takes for its proxy's: it goes around the sidecar. Use another runAsUser.",
      ],
      severity: "mandatory",
    },
    "one container": {
      change: (stack) => (container(stack).securityContext.runAsUser = 1337),
      finds: [
        "Deployment bookinfo/details-v1: container details runs as user 1337, whose traffic Istio takes for its proxy's: it goes around the sidecar. Use another runAsUser.",
      ],
    },
  },
  keeps: {
    "the proxy itself": (stack) =>
      podsOf(stack).containers.push({ name: "istio-proxy", securityContext: { runAsUser: 1337 } }),
    "a gateway as Istio renders it, the proxy alone": (stack) => {
      podsOf(stack).securityContext = { runAsUser: 1337, runAsGroup: 1337, runAsNonRoot: true };
      podsOf(stack).containers = [
        { name: "istio-proxy", image: "docker.io/istio/proxyv2:1.31.1", args: ["proxy", "router"] },
      ];
    },
    "a gateway whose proxy has another name": (stack) => {
      podsOf(stack).securityContext = { runAsUser: 1337 };
      podsOf(stack).containers = [{ name: "edge", image: "docker.io/istio/proxyv2:1.31.1", args: ["proxy", "router"] }];
    },
    "containers that have a user of their own": (stack) => {
      podsOf(stack).securityContext.runAsUser = 1337;
      container(stack).securityContext.runAsUser = 1000;
    },
    "an init container, which has no sidecar to go through yet": (stack) =>
      (podsOf(stack).initContainers = [{ name: "fetch", securityContext: { runAsUser: 1337 } }]),
  },
});
