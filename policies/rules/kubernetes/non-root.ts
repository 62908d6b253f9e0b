import type { Rule } from "../../engine/rule";
import { containerName, eachContainer, securitySetting } from "../../facts/kubernetes/containers";

/** Containers run as a user other than root, whatever their image says. */
export const nonRoot: Rule = {
  id: "K8S-NON-ROOT",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "containers don't run as root",
  why: "Root inside a container is root to every hole in the kernel and the container runtime.",
  fix: "Set runAsNonRoot: true, with a runAsUser if the image names none.",
  codes: ["CKV_K8S_23"],
  docs: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container, pods) => {
      const user = securitySetting(container, pods, "runAsUser");
      const nonRoot = securitySetting(container, pods, "runAsNonRoot");
      if (user.number() === 0) {
        check.violation(user, {
          message: `${containerName(container)} runs as root: one hole in the kernel or the runtime, and its intruder has the node.`,
          fix: "Give it a runAsUser above 0, and write its files where that user may.",
        });
        return;
      }
      if (nonRoot.boolean() === true || user.exists) return;
      check.violation(nonRoot, {
        message: `${containerName(container)} runs as root if its image says so, and most images do: nothing here forbids it.`,
        fix: "Set runAsNonRoot: true in its securityContext or its pod's, with a runAsUser if the image names none.",
      });
    }),
};
