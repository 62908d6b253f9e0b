import { hostPaths } from "../../../../policies/rules/kubernetes/host-paths";
import { cases } from "../../cases";
import { addDaemonSet, container, podsOf } from "./drafts";

export default cases(hostPaths, {
  breaks: {
    "a folder of the node": {
      change: (stack) =>
        (podsOf(stack).volumes = [
          { name: "scratch", emptyDir: {} },
          { name: "docker", hostPath: { path: "/var/run/docker.sock" } },
        ]),
      finds: [
        "Deployment bookinfo/details-v1: volume docker is the node's own /var/run/docker.sock: a way out of the container, and gone when the pod moves. Use an emptyDir for scratch space, or a PersistentVolumeClaim for what must last.",
      ],
      severity: "mandatory",
    },
    "a port of the node": {
      change: (stack) => (container(stack).ports[0].hostPort = 80),
      finds: [
        "Deployment bookinfo/details-v1: container details takes port 80 of its node: one such pod fits on a node, and the port is open beside every Service. Leave hostPort out, and give the pods a Service.",
      ],
    },
  },
  keeps: {
    "port 0, which is none": (stack) => (container(stack).ports[0].hostPort = 0),
    "Istio's node agent": (stack) =>
      (addDaemonSet(stack, "istio-system", "istio-cni-node").spec.template.spec.volumes = [
        { name: "cni", hostPath: { path: "/opt/cni/bin" } },
      ]),
  },
});
