import { escalation } from "../../../../policies/rules/kubernetes/escalation";
import { cases } from "../../cases";
import { addDaemonSet, container, podsOf } from "./drafts";

export default cases(escalation, {
  breaks: {
    "a container that says nothing, where Kubernetes allows it": {
      change: (stack) => delete container(stack).securityContext,
      finds: [
        "Deployment bookinfo/details-v1: container details lets its processes gain privileges: a setuid program in the image makes root of an intruder. Set its securityContext.allowPrivilegeEscalation to false.",
      ],
      severity: "mandatory",
    },
    "a container that asks for it": {
      change: (stack) => (container(stack).securityContext.allowPrivilegeEscalation = true),
      finds: [
        "Deployment bookinfo/details-v1: container details lets its processes gain privileges: a setuid program in the image makes root of an intruder. Set its securityContext.allowPrivilegeEscalation to false.",
      ],
    },
    "an init container": {
      change: (stack) => (podsOf(stack).initContainers = [{ name: "prepare" }]),
      finds: [
        "Deployment bookinfo/details-v1: container prepare lets its processes gain privileges: a setuid program in the image makes root of an intruder. Set its securityContext.allowPrivilegeEscalation to false.",
      ],
    },
  },
  keeps: {
    "the proxy, which Istio sees to": (stack) => podsOf(stack).containers.push({ name: "istio-proxy", image: "auto" }),
    "what EKS runs in kube-system": (stack) =>
      delete addDaemonSet(stack, "kube-system", "ebs-csi-node").spec.template.spec.containers[0].securityContext,
  },
});
