import { hostNamespaces } from "../../../../policies/rules/kubernetes/host-namespaces";
import { cases } from "../../cases";
import { addDaemonSet, podsOf } from "./drafts";

export default cases(hostNamespaces, {
  breaks: {
    "the node's network": {
      change: (stack) => (podsOf(stack).hostNetwork = true),
      finds: [
        "Deployment bookinfo/details-v1: hostNetwork is true: its pods take the node's address, read the credentials of its role in AWS from the metadata service, which a hop limit of 1 keeps from all others, and get no sidecar. Leave hostNetwork out.",
      ],
      severity: "mandatory",
    },
    "the node's processes and memory": {
      change: (stack) => Object.assign(podsOf(stack), { hostPID: true, hostIPC: true }),
      finds: [
        "Deployment bookinfo/details-v1: hostPID is true: its pods see and may kill every process on the node. Leave hostPID out.",
        "Deployment bookinfo/details-v1: hostIPC is true: its pods reach the shared memory of everything on the node. Leave hostIPC out.",
      ],
    },
  },
  keeps: {
    "pods that say they don't": (stack) => Object.assign(podsOf(stack), { hostNetwork: false, hostPID: false }),
    "Istio's node proxy": (stack) =>
      (addDaemonSet(stack, "istio-system", "ztunnel").spec.template.spec.hostNetwork = true),
  },
});
