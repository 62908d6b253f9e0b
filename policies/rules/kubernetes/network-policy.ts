import { hasAny, nameOf } from "../../facts/kubernetes/names";
import { hasPods } from "../../facts/kubernetes/pods";
import type { Rule } from "../../engine/rule";

/**
 * Each namespace with pods has a NetworkPolicy. Off unless a stack asks for it: EKS enforces none until its network
 * add-on is told to, and in a mesh under STRICT the sidecars refuse who has no certificate.
 */
export const networkPolicy: Rule = {
  id: "K8S-NETWORK-POLICY",
  severity: "off",
  title: "each namespace with pods has a NetworkPolicy",
  why: "Without one every pod of the cluster may open connections to every other, past the mesh as well.",
  fix: "Add a NetworkPolicy that lets in what the namespace is there for.",
  codes: ["CIS EKS 4.3.1", "CIS EKS 4.3.2", "CKV2_K8S_6"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html",

  judge: (inventory, check) =>
    check.each(inventory.objects("Namespace"), (namespace) => {
      const name = nameOf(namespace);
      if (name === undefined || !hasPods(inventory, name) || hasAny("NetworkPolicy", name, inventory)) return;
      check.violation(namespace, {
        message: "has pods and no NetworkPolicy: every pod of the cluster may open connections to them.",
        fix: "Add a NetworkPolicy that lets in the gateway and the callers that are meant.",
      });
    }),
};
