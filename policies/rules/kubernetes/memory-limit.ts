import { isProxy, podTemplates } from "../../facts/kubernetes/pods";
import type { Rule } from "../../engine/rule";
import { containerName, hasLimitRange, resourceSetting, runningContainers } from "../../facts/kubernetes/containers";

/** Containers have a memory limit. A CPU limit is no part of this: it slows down what could run on idle cores. */
export const memoryLimit: Rule = {
  id: "K8S-MEMORY-LIMIT",
  severity: "mandatory",
  title: "containers have a memory limit",
  why: "A leak in one container without a limit takes the memory of its whole node, and the kernel then kills its neighbours.",
  fix: "Set resources.limits.memory.",
  codes: ["CKV_K8S_13"],
  docs: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (hasLimitRange(inventory, pods)) return;
      check.each(runningContainers(pods), (container) => {
        if (isProxy(container) || resourceSetting(container, pods, "limits", "memory").exists) return;
        check.violation(container.get("resources", "limits"), {
          message: `${containerName(container)} has no memory limit: a leak takes the memory of its whole node, and the kernel kills its neighbours.`,
          fix: "Set its resources.limits.memory above what it takes under its highest load.",
        });
      });
    }),
};
