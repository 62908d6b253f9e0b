import type { Rule } from "../../engine/rule";
import { containerName, eachContainer } from "../../facts/kubernetes/containers";

/** No process in a container gets more rights than the one that started it. */
export const escalation: Rule = {
  id: "K8S-ESCALATION",
  severity: "mandatory",
  title: "no process in a container can gain privileges",
  why: "A setuid program in the image makes root of whoever breaks into the application, and root is half the way out of the container.",
  fix: "Set securityContext.allowPrivilegeEscalation to false on each container.",
  codes: ["CKV_K8S_20", "CIS EKS 4.2.5"],
  docs: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container) => {
      const setting = container.get("securityContext", "allowPrivilegeEscalation");
      // Kubernetes allows it unless it is told not to.
      if (setting.boolean() === false) return;
      check.violation(setting, {
        message: `${containerName(container)} lets its processes gain privileges: a setuid program in the image makes root of an intruder.`,
        fix: "Set its securityContext.allowPrivilegeEscalation to false.",
      });
    }),
};
