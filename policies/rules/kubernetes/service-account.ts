import { podTemplates } from "../../facts/kubernetes/pods";
import type { Rule } from "../../engine/rule";
import { isNodeAgent } from "../../facts/kubernetes/containers";

/** Pods run under a ServiceAccount of their own, which is their name in the mesh. */
export const serviceAccount: Rule = {
  id: "K8S-SERVICE-ACCOUNT",
  severity: "mandatory",
  title: "pods run under a ServiceAccount of their own",
  why: "All pods under the ServiceAccount default are one in the mesh: no policy can let one in and keep the other out, and what one may do in AWS or the cluster all may.",
  fix: "Give each application a ServiceAccount.",
  codes: ["CIS EKS 4.1.5", "CKV_K8S_41"],
  docs: "https://istio.io/latest/docs/concepts/security/#istio-identity",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (isNodeAgent(pods)) return;
      const account = pods.template.get("spec", "serviceAccountName");
      const older = pods.template.get("spec", "serviceAccount");
      if ((account.text() ?? older.text() ?? "default") !== "default") return;
      check.violation(account, {
        message:
          "runs under the ServiceAccount default, as does all else that names none: the mesh can't tell them apart.",
        fix: "Give it a ServiceAccount of its own in serviceAccountName.",
      });
    }),
};
