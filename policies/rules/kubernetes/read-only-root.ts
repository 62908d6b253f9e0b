import type { Rule } from "../../engine/rule";
import { containerName, eachContainer } from "../../facts/kubernetes/containers";

/** Containers can't write into their own image. */
export const readOnlyRoot: Rule = {
  id: "K8S-READ-ONLY-ROOT",
  severity: "advisory",
  title: "containers can't change their own file system",
  why: "An intruder who can write where programs are keeps what he brought, and an application that writes there fills the node's disk.",
  fix: "Set readOnlyRootFilesystem: true, and mount an emptyDir where the application writes.",
  codes: ["CKV_K8S_22"],
  docs: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container) => {
      const setting = container.get("securityContext", "readOnlyRootFilesystem");
      if (setting.boolean() === true) return;
      check.violation(setting, {
        message: `${containerName(container)} can write anywhere in its file system: what an intruder brings along stays and runs.`,
        fix: "Set its securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where it writes, e.g. on /tmp.",
      });
    }),
};
