import { podTemplates } from "../../facts/kubernetes/pods";
import type { Rule } from "../../engine/rule";
import { isNodeAgent } from "../../facts/kubernetes/containers";

/** Pods don't share the node's processes, memory or network. */
export const hostNamespaces: Rule = {
  id: "K8S-HOST-NAMESPACES",
  severity: "mandatory",
  title: "pods don't share the node's processes, memory or network",
  why: "A pod in the node's namespaces sees and disturbs everything else on it, reaches the node's role in AWS past any hop limit, and gets no sidecar.",
  fix: "Leave hostNetwork, hostPID and hostIPC out.",
  codes: ["CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19", "CIS EKS 4.2.2", "CIS EKS 4.2.3", "CIS EKS 4.2.4"],
  docs: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (isNodeAgent(pods)) return;
      check.each(Object.entries(consequences), ([field, consequence]) => {
        const setting = pods.template.get("spec", field);
        check.each([setting], () => {
          if (setting.boolean() !== true) return;
          check.violation(setting, { message: `${field} is true: ${consequence}.`, fix: `Leave ${field} out.` });
        });
      });
    }),
};

const consequences = {
  hostNetwork:
    "its pods take the node's address, read the credentials of its role in AWS from the metadata service, which a hop limit of 1 keeps from all others, and get no sidecar",
  hostPID: "its pods see and may kill every process on the node",
  hostIPC: "its pods reach the shared memory of everything on the node",
};
