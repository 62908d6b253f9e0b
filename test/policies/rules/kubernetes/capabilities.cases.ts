import { capabilities } from "../../../../policies/rules/kubernetes/capabilities";
import { cases } from "../../cases";
import { addDaemonSet, container, podsOf } from "./drafts";

export default cases(capabilities, {
  breaks: {
    "capabilities that lead out of the container, however they are written": {
      change: (stack) =>
        (container(stack).securityContext.capabilities.add = ["NET_BIND_SERVICE", "CAP_SYS_ADMIN", "net_raw"]),
      finds: [
        "Deployment bookinfo/details-v1: container details adds the capability SYS_ADMIN: who breaks into it gets further than the container. Do without SYS_ADMIN; what needs it belongs in a node agent of its own.",
        "Deployment bookinfo/details-v1: container details adds the capability NET_RAW: who breaks into it gets further than the container. Do without NET_RAW; what needs it belongs in a node agent of its own.",
      ],
      severity: "mandatory",
    },
    "capabilities that nobody dropped": {
      change: (stack) => (container(stack).securityContext.capabilities = { drop: ["NET_RAW"] }),
      finds: [
        'Deployment bookinfo/details-v1: container details keeps the capabilities that the runtime gives everyone, NET_RAW among them, which forges its neighbours\' packets. Set its securityContext.capabilities.drop to ["ALL"].',
      ],
      severity: "advisory",
    },
    "no securityContext at all": {
      change: (stack) => (podsOf(stack).initContainers = [{ name: "prepare" }]),
      finds: [
        'Deployment bookinfo/details-v1: container prepare keeps the capabilities that the runtime gives everyone, NET_RAW among them, which forges its neighbours\' packets. Set its securityContext.capabilities.drop to ["ALL"].',
      ],
    },
  },
  keeps: {
    "a port below 1024": (stack) => (container(stack).securityContext.capabilities.add = ["NET_BIND_SERVICE"]),
    "another way to write all": (stack) => (container(stack).securityContext.capabilities.drop = ["all"]),
    "Istio's node agent": (stack) =>
      (addDaemonSet(stack, "istio-system", "istio-cni-node").spec.template.spec.containers[0].securityContext = {
        capabilities: { add: ["NET_ADMIN", "SYS_ADMIN"] },
      }),
  },
});
