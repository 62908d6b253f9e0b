import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/** Every log that the control plane can write is written. */
export const eksLogs: Rule = {
  id: "AWS-EKS-LOGS",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "the control plane writes all its logs",
  why: "After an incident nobody can tell who did what through the Kubernetes API, and logs can't be switched on for yesterday.",
  fix: "Enable all five types of control-plane logs.",
  codes: ["CKV_AWS_37", "CIS EKS 2.1.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const types = cluster.get("enabledClusterLogTypes");
      const enabled = types.list().map((type) => type.text());
      const missing = allTypes.filter((type) => !enabled.includes(type));
      if (missing.length === 0) return;
      check.violation(types, {
        message: `the control plane doesn't log ${missing.join(", ")}: after an incident nobody can tell who did what through the Kubernetes API.`,
        fix: `Add ${missing.join(", ")} to enabledClusterLogTypes, or leave cluster.logs.types at its default.`,
      });
    }),
};

const allTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
