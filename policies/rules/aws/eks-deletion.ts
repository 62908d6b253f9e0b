import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/** A cluster that serves users isn't deleted by a slip. */
export const eksDeletion: Rule = {
  id: "AWS-EKS-DELETION",
  severity: { production: "advisory", otherwise: "off" },
  title: "a cluster that serves users is protected against deletion",
  why: "One `pulumi destroy` in the wrong terminal takes everything with it, and so does a change that replaces the cluster.",
  fix: "Turn deletion protection on.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const protection = cluster.get("deletionProtection");
      if (protection.boolean() === true) return;
      check.violation(protection, {
        message: "isn't protected against deletion: one destroy in the wrong terminal takes everything with it.",
        fix: "Set deletionProtection to true (cluster.deletionProtection).",
      });
    }),
};
