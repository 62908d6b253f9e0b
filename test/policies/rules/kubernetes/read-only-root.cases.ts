import { readOnlyRoot } from "../../../../policies/rules/kubernetes/read-only-root";
import { cases } from "../../cases";
import { container, podsOf } from "./drafts";

export default cases(readOnlyRoot, {
  breaks: {
    "a container that may write": {
      change: (stack) => (container(stack).securityContext.readOnlyRootFilesystem = false),
      finds: [
        "Deployment bookinfo/details-v1: container details can write anywhere in its file system: what an intruder brings along stays and runs. Set its securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where it writes, e.g. on /tmp.",
      ],
      severity: "advisory",
    },
    "a container that doesn't say, where Kubernetes lets it": {
      change: (stack) => delete container(stack).securityContext.readOnlyRootFilesystem,
      finds: [
        "Deployment bookinfo/details-v1: container details can write anywhere in its file system: what an intruder brings along stays and runs. Set its securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where it writes, e.g. on /tmp.",
      ],
    },
  },
  keeps: {
    "the proxy, which Istio sees to": (stack) => podsOf(stack).containers.push({ name: "istio-proxy", image: "auto" }),
  },
});
