import type { Rule } from "../../engine/rule";
import { containerName, eachContainer } from "../../facts/kubernetes/containers";

/** No container is privileged, except in the node agents of the cluster and the mesh. */
export const privileged: Rule = {
  id: "K8S-PRIVILEGED",
  severity: "mandatory",
  title: "no container is privileged",
  why: "Who breaks into a privileged container owns its node, and every pod and credential on it.",
  fix: "Leave privileged out, and add the one capability that is needed.",
  codes: ["CKV_K8S_16", "CIS EKS 4.2.1"],
  docs: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container) => {
      const setting = container.get("securityContext", "privileged");
      if (setting.boolean() !== true) return;
      check.violation(setting, {
        message: `${containerName(container)} is privileged: who breaks into it owns the node, and every pod on it.`,
        fix: "Leave privileged out; if it needs one thing of the kernel, add that capability alone.",
      });
    }),
};
