import type { Rule } from "../../engine/rule";
import { containerName, eachContainer, securitySetting } from "../../facts/kubernetes/containers";

/** Containers run under a seccomp profile. */
export const seccomp: Rule = {
  id: "K8S-SECCOMP",
  severity: "advisory",
  title: "containers run under a seccomp profile",
  why: "Most ways out of a container go through a system call that no application needs and the runtime's own profile refuses.",
  fix: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
  codes: ["CKV_K8S_31"],
  docs: "https://kubernetes.io/docs/tutorials/security/seccomp/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container, pods) => {
      const profile = securitySetting(container, pods, "seccompProfile").get("type");
      const type = profile.text() ?? "Unconfined";
      if (type !== "Unconfined") return;
      check.violation(profile, {
        message: `${containerName(container)} may make every system call, also those that no application needs and most ways out of a container do.`,
        fix: "Set securityContext.seccompProfile.type to RuntimeDefault on its pod.",
      });
    }),
};
