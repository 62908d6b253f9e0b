import { containersOf, podTemplates } from "../../facts/kubernetes/pods";
import type { Rule } from "../../engine/rule";
import { containerName, isNodeAgent } from "../../facts/kubernetes/containers";

/** Pods mount no folder of their node and take none of its ports. */
export const hostPaths: Rule = {
  id: "K8S-HOST-PATHS",
  severity: "mandatory",
  title: "pods take no folder and no port of their node",
  why: "A folder of the node is a way out of the container, and a port of the node lets one pod a node run and is open beside every Service.",
  fix: "Use a volume claim or an emptyDir instead of hostPath, and a Service instead of hostPort.",
  codes: ["CKV_K8S_26", "CKV_K8S_27"],
  docs: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (isNodeAgent(pods)) return;
      check.each(pods.template.get("spec", "volumes").list(), (volume) => {
        const path = volume.get("hostPath");
        if (!path.exists) return;
        check.violation(path, {
          message: `volume ${volume.get("name").text() ?? volume.path} is the node's own ${path.get("path").text() ?? "folder"}: a way out of the container, and gone when the pod moves.`,
          fix: "Use an emptyDir for scratch space, or a PersistentVolumeClaim for what must last.",
        });
      });
      check.each(containersOf(pods), (container) =>
        check.each(container.get("ports").list(), (port) => {
          const taken = port.get("hostPort");
          const number = taken.number() ?? 0;
          if (number === 0) return;
          check.violation(taken, {
            message: `${containerName(container)} takes port ${number} of its node: one such pod fits on a node, and the port is open beside every Service.`,
            fix: "Leave hostPort out, and give the pods a Service.",
          });
        }),
      );
    }),
};
